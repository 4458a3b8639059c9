import type { Migration } from "../migrate.ts";

/** An action says which project its incident is of, so that its list can be kept to a person's projects. */
export const actionProjects: Migration = {
	number: 19,
	name: "action-projects",
	up(connection) {
		connection.exec(`
			ALTER TABLE playbook_actions ADD COLUMN project_id TEXT;
			UPDATE playbook_actions SET project_id = (
				SELECT incidents.project_id FROM incidents
				WHERE incidents.tenant_id = playbook_actions.tenant_id
				AND incidents.id = playbook_actions.incident_id
			);
		`);
	},
};
