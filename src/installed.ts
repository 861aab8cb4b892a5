import { existsSync } from "node:fs";

/** The folder of the package: the sources, what tsc made of them and what was bundled lie at different depths of it. */
export const packageRoot: URL = above(new URL("./", import.meta.url));

/** A module that is started by its path, named as in `src` without an extension: the sources run as they are, the package as built. */
export function moduleAt(path: string): URL {
  return new URL(import.meta.url.endsWith(".ts") ? `src/${path}.ts` : `dist/${path}.js`, packageRoot);
}

function above(folder: URL): URL {
  return existsSync(new URL("package.json", folder)) ? folder : above(new URL("../", folder));
}
