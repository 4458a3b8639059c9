/** Playbooks: the page of approvals and of the catalogue, and the panel of an incident's actions. */
import { lazy } from "react";

export { IncidentPlaybooks } from "./incident-playbooks.tsx";
export { playbookCommands } from "./playbook-commands.ts";

export const PlaybooksPage = lazy(async () => ({
	default: (await import("./playbooks-page.tsx")).PlaybooksPage,
}));
