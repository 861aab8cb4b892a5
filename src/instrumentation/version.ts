/** That of the package, which is not read: a bundle has no file to read it from. */
export const VERSION = "0.1.0";
