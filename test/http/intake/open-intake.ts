import type { InProject } from "../../../src-main/engine/identity/index.ts";
import type { IntegrationType } from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { newIntegration } from "../../engine/monitoring/open-monitoring.ts";
import { testInProject } from "../../engine/test-member.ts";
import { openListeners } from "../open-listeners.ts";

type Tenant = {
	key: number;
	projectId: string;
	here: InProject<"owner">;
};

/** Real listeners over a real engine, with two tenants. */
export async function openIntake() {
	const opened = await openListeners();
	const { identity, engine } = opened;
	const register = async (name: string): Promise<Tenant> => {
		const { account } = await identity.register(
			{
				email: `founder@${name}.example`,
				password: "a password of some length",
				full_name: "Founder",
				tenant_name: name,
			},
			3_600,
		);
		const { key } = account.tenant;
		const projectId = identity.projects.firstId(key);
		return { key, projectId, here: testInProject(key, projectId) };
	};
	const one = await register("zebra");
	const other = await register("ostrich");
	const { monitoring } = engine;
	return {
		...opened,
		one,
		other,
		add: (
			type: IntegrationType,
			input: Partial<ReturnType<typeof newIntegration>> = {},
			{ here }: Tenant = one,
		) =>
			monitoring.integrations.create(here, {
				...newIntegration(type),
				...input,
			}),
		alerts: ({ here }: Tenant = one) =>
			monitoring.alerts.list(here, { skip: 0, limit: 500 }).items,
		/** Sends to an integration, as its system does. */
		send: (
			integration: { webhookPath: string },
			body: unknown,
			headers: Record<string, string> = {},
			base = opened.urls.copilot,
		) =>
			fetch(`${base}${integration.webhookPath}`, {
				method: "POST",
				headers: { "content-type": "application/json", ...headers },
				body: typeof body === "string" ? body : JSON.stringify(body),
			}),
		enqueue: (body: unknown, base = opened.urls.copilot) =>
			fetch(`${base}/v2/enqueue`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
		first: () =>
			must(
				monitoring.alerts.list(one.here, { skip: 0, limit: 1 }).items[0],
				"an alert",
			),
	};
}
