import { bytesText } from "./values.ts";
import type { Wire } from "./wire.ts";

/**
 * KeyValue: 1 key string, 2 value AnyValue
 *
 * Reads the LEN field that the wire stands at into `record`.
 */
export function attributeAt(wire: Wire, record: Record<string, unknown>, depth = 0): void {
  const { end } = wire;
  const to = (wire.end = wire.length());
  let key = "";
  let value: unknown = null;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) key = wire.key();
    else if (tag === 0x12) value = anyValueAt(wire, depth);
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  if (key !== "__proto__") record[key] = value;
}

/**
 * AnyValue: 1 string_value string, 2 bool_value bool, 3 int_value int64, 4 double_value double,
 *           5 array_value ArrayValue, 6 kvlist_value KeyValueList, 7 bytes_value bytes
 *
 * Reads the LEN field that the wire stands at; deeper than 64 it is null.
 */
export function anyValueAt(wire: Wire, depth: number): unknown {
  const { end } = wire;
  const to = (wire.end = wire.length());
  let value: unknown = null;
  if (depth > MAX_DEPTH) wire.at = to;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) value = wire.string();
    else if (tag === 0x18) value = wire.int64();
    else if (tag === 0x10) value = (wire.varint() | wire.high) !== 0;
    else if (tag === 0x21) value = wire.double();
    else if (tag === 0x2a) value = arrayAt(wire, depth + 1);
    else if (tag === 0x32) value = pairsAt(wire, depth + 1);
    else if (tag === 0x3a) value = bytesAt(wire);
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return value;
}

const MAX_DEPTH = 64;

/** ArrayValue: 1 values repeated AnyValue */
function arrayAt(wire: Wire, depth: number): unknown[] {
  const { end } = wire;
  const to = (wire.end = wire.length());
  const list: unknown[] = [];
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) list.push(anyValueAt(wire, depth));
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return list;
}

/** KeyValueList: 1 values repeated KeyValue */
function pairsAt(wire: Wire, depth: number): Record<string, unknown> {
  const { end } = wire;
  const to = (wire.end = wire.length());
  const record: Record<string, unknown> = {};
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) attributeAt(wire, record, depth);
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return record;
}

function bytesAt(wire: Wire): string {
  const to = wire.length();
  const from = wire.at;
  wire.at = to;
  return bytesText(wire.bytes.subarray(from, to));
}
