export type { RpcContext } from "./context.ts";
export { type IdentityCalls, identityCalls } from "./identity-services.ts";
export { serveMessagePort } from "./message-port.ts";
export { type Router, router } from "./router.ts";
export { rpcSocket } from "./rpc-socket.ts";
export type { RpcServices } from "./services.ts";
