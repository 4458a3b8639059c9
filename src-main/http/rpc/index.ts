export type { RpcContext } from "./context.ts";
export { serveMessagePort } from "./message-port.ts";
export { type Router, router } from "./router.ts";
export { rpcSocket } from "./rpc-socket.ts";
