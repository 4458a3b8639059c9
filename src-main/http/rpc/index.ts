export { serveMessagePort } from "./message-port.ts";
export { router } from "./router.ts";
export { rpcSocket } from "./rpc-socket.ts";
