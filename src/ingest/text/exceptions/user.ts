/** True for a file of the user's program: neither an installed package nor the language's own. */
export function isUserFile(file: string): boolean {
  if (file === "" || LIBRARY.test(file)) return false;
  // `<stdin>` and notebook cells are the user's; `<string>`, `<frozen runpy>`, `<anonymous>` are nobody's.
  return file.startsWith("<") ? /^<(?:stdin|ipython-input|python-input|module)/.test(file) : true;
}

const LIBRARY = new RegExp(
  [
    String.raw`[\\/](?:site|dist)-packages[\\/]`,
    String.raw`[\\/]lib(?:64)?[\\/](?:python|pypy)\d[\d.]*t?[\\/]`,
    String.raw`[\\/]Python\d*[\\/]Lib[\\/]`,
    String.raw`[\\/]node_modules[\\/]`,
    String.raw`[\\/]\.(?:yarn|pnp)[\\/]`,
    String.raw`^(?:node:|internal[\\/]|native\b|index \d)`,
    String.raw`[\\/]go[\\/]pkg[\\/]mod[\\/]`,
    String.raw`[\\/]go[\\/]src[\\/](?:runtime|net|internal)[\\/]`,
    String.raw`^(?:Native Method|Unknown Source)$`,
  ].join("|"),
);
