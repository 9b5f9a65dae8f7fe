// Where the atlas stands for this reader. A proxy may serve it under a prefix, which the page names.
const root = document.documentElement.dataset.root;

/** The address of a path of the atlas, such as `/view.json`, for this page. */
export const at = (path) => root + path;

/** The same as a whole address, for other programs and other people's pages. */
export const whole = (path) => location.origin + root + path;
