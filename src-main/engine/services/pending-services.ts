import { EngineError } from "../errors.ts";
import type { ContractServices } from "./contract-services.ts";

const absent = (): never => {
	throw new EngineError("UNAVAILABLE", "This part is not available yet.");
};

export const pendingServices: Pick<ContractServices, "webhooks"> = {
	webhooks: {
		list: absent,
		create: absent,
		update: absent,
		remove: absent,
		rotateSecret: absent,
		test: absent,
		deliveries: absent,
		replay: absent,
		replayAll: absent,
	},
};
