import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

/** Who may send, and how the way is secured. */
export interface Access {
  /** Bearer token; null lets everybody in. */
  token: string | null;
  tls: { cert: Buffer; key: Buffer } | null;
}

export function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1" || host === "[::1]") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}

/** Does an Authorization header carry the token? Takes the same time for every wrong one. */
export function isAllowed(header: string | undefined, { token }: Access): boolean {
  if (token === null) return true;
  const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
