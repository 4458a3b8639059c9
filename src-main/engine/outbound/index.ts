export {
	createOutbound,
	type Outbound,
	type OutboundOptions,
	type OutboundRequest,
	type OutboundResponse,
	type TargetRules,
} from "./outbound.ts";
export { OutboundError, type OutboundErrorCode } from "./outbound-error.ts";
