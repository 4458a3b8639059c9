import type {
	IntegrationType,
	NewIntegration,
} from "../../../../src-shared/contract/index.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import { here, openMonitoring } from "../open-monitoring.ts";

/** A service whose one integration is polled when the test says so. */
export async function polled(
	type: IntegrationType,
	input: Partial<NewIntegration>,
	options: Parameters<typeof openMonitoring>[0] = {},
) {
	const service = openMonitoring(options);
	const integration = await service.add(type, input);
	const row = () =>
		must(
			service.monitoring.integrationRepository.byId(integration.id),
			"there",
		);
	return {
		...service,
		integration,
		row,
		/** Asks now; `after` milliseconds pass first. */
		poll: async (after = 0) => {
			service.clock.pass(after);
			await service.monitoring.polling.pollNow(row());
		},
		health: () =>
			must(
				service.monitoring.integrations.get(here, integration.id).polling,
				"it is asked",
			),
	};
}
