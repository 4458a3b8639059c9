export {
	createOutbound,
	type Outbound,
	type OutboundResponse,
} from "./outbound.ts";
export { OutboundError } from "./outbound-error.ts";
