import { type OpenCopilot, password, type Sent } from "../open-copilot.ts";
import { monitoringRequest } from "./monitoring-requests.ts";
import {
	hypothesisIn,
	incidentIn,
	projectOfAll,
	registration,
	somebody,
	word,
} from "./requests.ts";

/** A request that would do something, were it allowed. */
export async function validRequest(
	copilot: OpenCopilot,
	operation: string,
): Promise<Sent> {
	const { founder } = copilot;
	const firstId = founder.projectId;
	switch (operation) {
		case "POST /auth/register":
			return { json: registration() };
		case "POST /auth/login":
			return { json: { email: founder.email, password } };
		case "POST /auth/switch-project":
			return { query: `?project_id=${firstId}` };
		case "POST /projects":
			return { json: { name: word() } };
		case "GET /projects/{id}":
		case "GET /projects/{id}/members":
			return { ids: [projectOfAll(copilot)] };
		case "PATCH /projects/{id}":
			return { ids: [projectOfAll(copilot)], json: { name: word() } };
		case "DELETE /projects/{id}":
			return { ids: [projectOfAll(copilot)] };
		case "POST /projects/{id}/members": {
			const { email } = await somebody(copilot);
			return {
				ids: [projectOfAll(copilot)],
				json: { user_email: email, role: "viewer" },
			};
		}
		case "PATCH /projects/{id}/members/{user_id}": {
			const { id } = await somebody(copilot);
			return { ids: [firstId, id], json: { role: "viewer" } };
		}
		case "DELETE /projects/{id}/members/{user_id}":
			return { ids: [firstId, (await somebody(copilot)).id] };
		case "POST /incidents":
			return { json: { title: word(), severity: "high" } };
		case "GET /incidents/{id}":
		case "GET /incidents/{id}/activities":
			return { ids: [incidentIn(copilot)] };
		case "PATCH /incidents/{id}/state":
			return { ids: [incidentIn(copilot)], json: { state: "acknowledged" } };
		case "PATCH /incidents/{id}/severity":
			return { ids: [incidentIn(copilot)], json: { severity: "low" } };
		case "POST /incidents/{id}/comments":
			return { ids: [incidentIn(copilot)], json: { content: "Looking." } };
		case "GET /incidents/{id}/hypotheses":
		case "GET /incidents/{id}/workflow":
		case "GET /incidents/{id}/metrics":
		case "GET /analytics/incident-metrics/{id}":
			return { ids: [incidentIn(copilot)] };
		case "POST /incidents/{id}/hypotheses/{hid}/feedback":
			return {
				ids: await hypothesisIn(copilot),
				json: { feedback: "accepted" },
			};
		default:
			return monitoringRequest(copilot, operation);
	}
}
