// The name under which the library keeps the demo's posts: the blog's own name, from demo/blog.json.
export const demoSource = 'Slackwater';
