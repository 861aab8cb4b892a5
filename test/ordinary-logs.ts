/**
 * Lines of programs that have nothing to do with agents, in their real formats, with the failures that such programs
 * print: web servers, databases, kernels, package managers, builds, CI. `count` lines, the same for the same seed.
 */
export function ordinaryLog(kind: keyof typeof FORMATS, count: number, seed = 1): string {
  const random = mulberry(seed);
  const lines: string[] = [];
  const forms = FORMATS[kind]!;
  for (let i = 0; i < count; i++)
    lines.push(forms[Math.floor(random() * forms.length)]!({ n: (max) => Math.floor(random() * max), i }));
  return `${lines.join("\n")}\n`;
}

interface Dice {
  n(max: number): number;
  i: number;
}

const two = (n: number) => String(n).padStart(2, "0");
const clock = ({ i }: Dice) => `${two(Math.floor(i / 3600) % 24)}:${two(Math.floor(i / 60) % 60)}:${two(i % 60)}`;
const ip = (d: Dice) => `10.${d.n(255)}.${d.n(255)}.${d.n(255)}`;

export const FORMATS: Record<string, ((d: Dice) => string)[]> = {
  nginx: [
    (d) =>
      `${ip(d)} - - [12/Feb/2026:${clock(d)} +0000] "GET /api/orders/${d.n(9999)} HTTP/1.1" ${[200, 200, 200, 404, 500, 502, 503, 429, 401, 403][d.n(10)]} ${d.n(9000)} "-" "Mozilla/5.0"`,
    (d) =>
      `2026/02/12 ${clock(d)} [error] 31#31: *${d.n(99999)} connect() failed (111: Connection refused) while connecting to upstream, client: ${ip(d)}, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://127.0.0.1:8080/cart", host: "shop.example.com"`,
    (d) =>
      `2026/02/12 ${clock(d)} [error] 31#31: *${d.n(99999)} upstream timed out (110: Connection timed out) while reading response header from upstream, client: ${ip(d)}, server: shop.example.com`,
    (d) =>
      `2026/02/12 ${clock(d)} [error] 31#31: *${d.n(99999)} open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory), client: ${ip(d)}`,
    (d) =>
      `2026/02/12 ${clock(d)} [warn] 31#31: *${d.n(99999)} a client request body is buffered to a temporary file /var/cache/nginx/client_temp/000000${d.n(9999)}`,
    (d) =>
      `2026/02/12 ${clock(d)} [crit] 31#31: *${d.n(99999)} SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL handshaking, client: ${ip(d)}`,
  ],
  postgres: [
    (d) =>
      `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  relation "orders_${d.n(99)}" does not exist at character 15`,
    (d) =>
      `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  duplicate key value violates unique constraint "users_email_key"`,
    (d) => `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] FATAL:  password authentication failed for user "app"`,
    (d) => `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  canceling statement due to statement timeout`,
    (d) => `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] FATAL:  sorry, too many clients already`,
    (d) => `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  permission denied for table payments`,
    (d) =>
      `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  null value in column "name" of relation "tools" violates not-null constraint`,
    (d) =>
      `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] ERROR:  invalid input syntax for type integer: "abc${d.n(99)}"`,
    (d) =>
      `2026-02-12 ${clock(d)}.123 UTC [${d.n(9999)}] LOG:  could not receive data from client: Connection reset by peer`,
    (d) =>
      `2026-02-12T${clock(d)}.123456Z ${d.n(99)} [Warning] [MY-010055] [Server] IP address '${ip(d)}' could not be resolved: Name or service not known`,
    (d) =>
      `2026-02-12T${clock(d)}.123456Z ${d.n(99)} [ERROR] [MY-012592] [InnoDB] Operating system error number 13 in a file operation.`,
    (d) => `1:M 12 Feb 2026 ${clock(d)}.002 # Error accepting a client connection: accept: Too many open files`,
  ],
  kernel: [
    (d) =>
      `Feb 12 ${clock(d)} web1 kernel: [${d.n(99999)}.${d.n(999)}] Out of memory: Killed process ${d.n(9999)} (java) total-vm:8123456kB, anon-rss:4123456kB`,
    (d) =>
      `Feb 12 ${clock(d)} web1 kernel: [${d.n(99999)}.${d.n(999)}] EXT4-fs error (device sda1): ext4_lookup:1785: inode #${d.n(99999)}: comm ls: deleted inode referenced`,
    (d) => `Feb 12 ${clock(d)} web1 kernel: [${d.n(99999)}.${d.n(999)}] usb 1-1: device descriptor read/64, error -110`,
    (d) => `Feb 12 ${clock(d)} web1 systemd[1]: backup.service: Main process exited, code=exited, status=1/FAILURE`,
    (d) => `Feb 12 ${clock(d)} web1 systemd[1]: Failed to start Daily apt download activities.`,
    (d) =>
      `Feb 12 ${clock(d)} web1 sshd[${d.n(9999)}]: Failed password for invalid user admin from ${ip(d)} port ${d.n(65000)} ssh2`,
    (d) =>
      `Feb 12 ${clock(d)} web1 sshd[${d.n(9999)}]: error: kex_exchange_identification: Connection closed by remote host`,
    (d) =>
      `Feb 12 ${clock(d)} web1 CRON[${d.n(9999)}]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)`,
    (d) => `Feb 12 ${clock(d)} web1 dhclient[${d.n(999)}]: No working leases in persistent database - sleeping.`,
    (d) =>
      `Feb 12 ${clock(d)} web1 dockerd[${d.n(999)}]: time="2026-02-12T${clock(d)}Z" level=error msg="Handler for POST /v1.43/containers/create returned error: No such image: app:latest"`,
    (d) =>
      `Feb 12 ${clock(d)} web1 kubelet[${d.n(999)}]: E0212 ${clock(d)}.000000 ${d.n(999)} pod_workers.go:1298] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"api\\" with CrashLoopBackOff"`,
  ],
  packages: [
    () => "npm ERR! code ERESOLVE",
    (d) => `npm ERR! 404 Not Found - GET https://registry.npmjs.org/left-padd${d.n(9)} - Not found`,
    () =>
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/srv/app/package.json'",
    () => "npm error code EACCES",
    () => "npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.",
    () => "ERROR: Could not find a version that satisfies the requirement foo==9.9 (from versions: 1.0, 1.1)",
    () => "ERROR: No matching distribution found for foo==9.9",
    () => "E: Unable to locate package foo",
    () => "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (apt-get)",
    () => "Err:5 http://deb.debian.org/debian bookworm InRelease  Temporary failure resolving 'deb.debian.org'",
    () =>
      "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out.",
    () => "warning: spurious network error (2 tries remaining): [28] Timeout was reached",
    () => "error[E0425]: cannot find function `parse_args` in this scope",
  ],
  ci: [
    (d) => `2026-02-12T${clock(d)}.1234567Z ##[error]Process completed with exit code 1.`,
    (d) => `2026-02-12T${clock(d)}.1234567Z FAIL src/cart.test.ts > adds an item (expected 2 to be 3)`,
    (d) => `2026-02-12T${clock(d)}.1234567Z test_orders.py::test_missing_argument FAILED [ ${d.n(99)}%]`,
    (d) => `2026-02-12T${clock(d)}.1234567Z E       AssertionError: assert 404 == 200`,
    (d) =>
      `2026-02-12T${clock(d)}.1234567Z src/main.c:${d.n(400)}:5: error: 'foo' undeclared (first use in this function)`,
    (d) =>
      `2026-02-12T${clock(d)}.1234567Z [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile (default-compile) on project shop: Compilation failure`,
    (d) =>
      `2026-02-12T${clock(d)}.1234567Z error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.`,
    (d) =>
      `2026-02-12T${clock(d)}.1234567Z Error: Unable to resolve action \`actions/setup-foo@v9\`, unable to find version \`v9\``,
    (d) => `2026-02-12T${clock(d)}.1234567Z Tests run: ${d.n(400)}, Failures: 0, Errors: 0, Skipped: 0`,
    (d) => `2026-02-12T${clock(d)}.1234567Z ok ${d.n(400)} - rejects an unknown tool name`,
  ],
  service: [
    (d) =>
      `{"level":30,"time":${1770000000000 + d.i},"pid":1,"hostname":"api","msg":"request completed","res":{"statusCode":200},"responseTime":${d.n(90)}}`,
    (d) =>
      `{"level":50,"time":${1770000000000 + d.i},"pid":1,"hostname":"api","err":{"type":"Error","message":"connect ECONNREFUSED 10.0.0.7:5432","stack":"Error: connect ECONNREFUSED 10.0.0.7:5432\\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16)","code":"ECONNREFUSED"},"msg":"database is down"}`,
    (d) =>
      `{"level":40,"time":${1770000000000 + d.i},"pid":1,"hostname":"api","msg":"slow query","durationMs":${d.n(9000)}}`,
    (d) =>
      `{"level":50,"time":${1770000000000 + d.i},"pid":1,"hostname":"api","err":{"type":"TypeError","message":"Cannot read properties of undefined (reading 'id')","stack":"TypeError: Cannot read properties of undefined (reading 'id')\\n    at getUser (/srv/app/dist/users.js:12:20)"},"msg":"unhandled"}`,
    (d) => `2026-02-12 ${clock(d)},123 ERROR django.request Internal Server Error: /checkout/${d.n(99)}`,
    (d) => `2026-02-12 ${clock(d)},123 WARNING django.request Not Found: /wp-login.php`,
    (d) =>
      `2026-02-12 ${clock(d)},123 ERROR celery.app.trace Task shop.tasks.send_mail[6f1e] raised unexpected: SMTPServerDisconnected('Connection unexpectedly closed: timed out')`,
    (d) =>
      `2026-02-12 ${clock(d)}.123  WARN 1 --- [nio-8080-exec-${d.n(9)}] o.h.engine.jdbc.spi.SqlExceptionHelper   : SQL Error: 0, SQLState: 08S01`,
    (d) =>
      `2026-02-12 ${clock(d)}.123 ERROR 1 --- [nio-8080-exec-${d.n(9)}] o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service() for servlet [dispatcherServlet] threw exception java.lang.NullPointerException: null`,
    (d) => `[2026-02-12 ${clock(d)}] [${d.n(999)}] [CRITICAL] WORKER TIMEOUT (pid:${d.n(9999)})`,
    (d) => `time="2026-02-12T${clock(d)}Z" level=error msg="dial tcp ${ip(d)}:6379: i/o timeout" component=cache`,
    (d) =>
      `Traceback (most recent call last):\n  File "/srv/web/app.py", line ${d.n(300)}, in checkout\n    total = cart["total"]\n            ~~~~^^^^^^^^^\nKeyError: 'total'`,
  ],
};

/** A small seeded generator (mulberry32). */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
