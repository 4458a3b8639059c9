export type { ContractServices } from "./contract-services.ts";
export { engineServices } from "./engine-services.ts";
