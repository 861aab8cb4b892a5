/** A value in the arguments of a call that names one thing: an order, a user, a file. */
export interface Identifier {
  path: string;
  value: string;
  /** Its form or its argument's name leaves no doubt (a UUID, an e-mail address, `order_id`); a path is never sure. */
  sure: boolean;
}

/** The identifiers in the arguments of a call, in their order; at most 50. Dates, versions, sizes and plain words are none. */
export function identifiersIn(value: unknown): Identifier[] {
  const found: Identifier[] = [];
  look(value, "", "", 0, found);
  return found;
}

const MOST = 50;
const MOST_DEPTH = 4;

function look(value: unknown, path: string, name: string, depth: number, found: Identifier[]): void {
  if (found.length >= MOST) return;
  if (typeof value === "string" || typeof value === "number") {
    const known = identifierOf(String(value), name, typeof value === "number");
    if (known !== null) found.push({ path, ...known });
    return;
  }
  if (typeof value !== "object" || value === null || depth > MOST_DEPTH) return;
  for (const [key, inner] of Object.entries(value).slice(0, MOST)) {
    const isItem = Array.isArray(value);
    look(
      inner,
      isItem ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`,
      isItem ? name : key,
      depth + 1,
      found,
    );
  }
}

function identifierOf(value: string, name: string, isNumber: boolean): Omit<Identifier, "path"> | null {
  if (value.length < 3 || value.length > 200) return null;
  if (UUID.test(value) || EMAIL.test(value)) return { value, sure: true };
  if (PATH.test(value)) return { value, sure: false };
  const isNamed = NAMED.test(name) && !COUNTED.test(name);
  if (/^\d{3,}$/.test(value)) return isNamed ? { value, sure: true } : null;
  if (isNumber || NO_NAME.test(value) || !CODE.test(value)) return null;
  return isNamed || /\d{3}/.test(value) ? { value, sure: isNamed } : null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EMAIL = /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/;
/** `/srv/a.txt`, `../a/b`, `C:\a`, `a/b.json`, `https://host/page`. */
const PATH =
  /^(?:https?:\/\/[^\s/]{1,100}\/\S+|(?:~|\.{0,2})\/[^\s/][^\n]*|[A-Za-z]:[\\/][^\n]+|[\w.-]+(?:\/[\w.-]+)*\/[\w-]+\.\w{1,8})$/;
/** One word of letters with at least two digits, as `CL-1042`, `usr_9f3c2a`, `AB12`. */
const CODE = /^(?=[^\d]*\d[^\d]*\d)[A-Za-z0-9#][\w.:#/-]{2,79}$/;
/** Dates, times, versions, decimal numbers, sizes. */
const NO_NAME =
  /^(?:\d{4}-\d\d(?:-\d\d)?(?:[T ].*)?|\d{1,2}[:.]\d\d(?:[:.]\d\d)?|v?\d+(?:\.\d+)+\w{0,8}|[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?[A-Za-z%]{0,3}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:python|gpt|http|utf|sha|md|base|h|q|v|p)-?\d[\w.-]*)$/i;
/** Names of arguments that hold one thing's name. */
const NAMED =
  /(?:^|_)(?:id|ids|uuid|guid|no|nr|num|number|ref|reference|key|sku|iban|email|account)$|[a-z](?:Id|Ids|ID|Uuid|Number|No|Ref|Key|Sku)$/;
const COUNTED =
  /(?:^|_)(?:page|line|row|port|phone|telephone|count|max|min|limit|seed|house|room|item|step|chunk|issue)_?(?:no|nr|num|number|id)$/i;
