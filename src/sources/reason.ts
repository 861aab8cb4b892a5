/** A system or archive error as one sentence: what is wrong and what to do. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? `cannot be read: ${message ?? String(error)}`;
}

const REASONS: Record<string, string> = {
  ENOENT: "no such file or directory",
  ENOTDIR: "no such file or directory",
  EACCES: "permission denied; run as a user who may read it",
  EPERM: "permission denied; run as a user who may read it",
  EISDIR: "is a directory; give its path instead",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files; raise `ulimit -n`",
  EIO: "the disk or device reports an error (EIO)",
  ENXIO: "is a socket or device without a reader's end; give a file or a pipe",
  Z_BUF_ERROR: "the gzip archive ends early; what came before the cut was read",
  Z_DATA_ERROR: "the gzip archive is damaged; what came before the damage was read",
  ZSTD_error_corruption_detected: "the zstd archive is damaged; what came before the damage was read",
  ZSTD_error_checksum_wrong: "the zstd archive is damaged; what came before the damage was read",
  ZSTD_error_srcSize_wrong: "the zstd archive ends early; what came before the cut was read",
  ZSTD_error_frameParameter_windowTooLarge:
    "the zstd archive needs a window over 128 MB; decompress it with `zstd -d --long=31` first",
};
