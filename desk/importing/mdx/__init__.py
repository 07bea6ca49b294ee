"""MDX and JSX in Markdown (https://mdxjs.com/docs/what-is-mdx/), written as Markdown."""
