export { type AddressFault, addressFault } from "./address-rules.ts";
export {
	createOutbound,
	type Outbound,
	type OutboundOptions,
	type OutboundRequest,
	type OutboundResponse,
	type TargetRules,
} from "./outbound.ts";
export { OutboundError, type OutboundErrorCode } from "./outbound-error.ts";
export { parseTarget } from "./target-url.ts";
