import { connect, createServer, type Server, type Socket } from "node:net";

/** Ports behind the shared one; that of gRPC may be started by the first who asks for it. */
export interface Behind {
  http: () => Promise<number>;
  grpc: () => Promise<number>;
}

/**
 * One port for OTLP over HTTP and gRPC: a connection that begins as HTTP/2 goes to gRPC's. For programs that are told a
 * single address, whatever exporter they have.
 */
export function createOnePort(behind: Behind): Server {
  return createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (first: Buffer) => {
      socket.pause();
      const port = first.subarray(0, HTTP2.length).equals(HTTP2) ? behind.grpc() : behind.http();
      port.then(
        (to) => join(socket, to, first),
        () => socket.destroy(),
      );
    });
  });
}

/** The connection preface is "PRI * HTTP/2.0"; no method of HTTP/1 begins so. */
const HTTP2 = Buffer.from("PRI");

function join(socket: Socket, port: number, first: Buffer): void {
  const server = connect(port, "127.0.0.1");
  server.write(first);
  socket.pipe(server).pipe(socket);
  server.on("error", () => socket.destroy());
  server.on("close", () => socket.destroy());
  socket.on("close", () => server.destroy());
}
