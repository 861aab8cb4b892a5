/** Where requests go: those under `prefix` to `target`, the rest of their path behind that of the target. */
export interface Route {
  /** "" for all, or `/openai`. */
  prefix: string;
  target: URL;
}

/** The address at the provider for a path as the caller gave it; null when no route has it. */
export function destinationOf(path: string, routes: readonly Route[]): URL | null {
  const route = routes.find(
    ({ prefix }) => prefix === "" || path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}?`),
  );
  if (route === undefined) return null;
  const rest = path.slice(route.prefix.length);
  const base = `${route.target.origin}${route.target.pathname.replace(/\/$/, "")}`;
  try {
    return new URL(`${base}${rest.startsWith("/") || rest.startsWith("?") || rest === "" ? rest : `/${rest}`}`);
  } catch {
    return null;
  }
}
