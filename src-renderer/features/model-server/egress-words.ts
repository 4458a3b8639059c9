import type {
	AssistantSettings,
	EgressField,
	EgressPreview,
} from "../../../src-shared/contract/index.ts";

/** What each kind of field holds, in the order that a policy is read. */
export const fieldWords: Readonly<
	Record<EgressField, { readonly name: string; readonly holds: string }>
> = {
	incident_title: { name: "Title", holds: "of the incident" },
	incident_description: {
		name: "Description",
		holds: "of the incident; people write anything into it",
	},
	services: { name: "Services", holds: "names of services that are concerned" },
	models: { name: "Models", holds: "names and versions of models" },
	alert_names: { name: "Alerts", holds: "names of alerts around the incident" },
	changes: {
		name: "Changes",
		holds: "what was deployed or configured before it",
	},
	metrics: { name: "Figures", holds: "drift and other measured values" },
	actions: { name: "Playbook runs", holds: "which ran, and how they ended" },
	past_incidents: { name: "Past incidents", holds: "titles of those like it" },
	times: {
		name: "Times",
		holds: "in minutes from the opening, never a date",
	},
};

export const egressFields = Object.keys(fieldWords) as EgressField[];

/** What stays here, such as `Kept here: 2 title, 5 alerts.`; null where nothing does. */
export function withheldWords(
	withheld: EgressPreview["withheld"],
): string | null {
	const parts = Object.entries(withheld)
		.filter(([, count]) => count > 0)
		.map(([kind, count]) => `${nameOf(kind)} (${count})`);
	return parts.length === 0 ? null : parts.join(", ");
}

function nameOf(kind: string): string {
	const field = egressFields.find((each) => each === kind);
	return field === undefined ? "labels" : fieldWords[field].name.toLowerCase();
}

export type Stage = "unset" | "off" | "closed" | "unseen" | "ready";

/** How far a tenant has come on the way to the first request. */
export function stageOf(settings: AssistantSettings): Stage {
	const { server, policy, confirmation } = settings;
	if (server === null) return "unset";
	if (!server.isEnabled) return "off";
	if (policy.fields.length + policy.labels.length === 0) return "closed";
	return confirmation === null ? "unseen" : "ready";
}

export const stageWords: Readonly<
	Record<Stage, { readonly name: string; readonly means: string }>
> = {
	unset: {
		name: "Off",
		means: "No model server is set. Nothing is ever sent.",
	},
	off: { name: "Off", means: "It is turned off. Nothing is sent." },
	closed: {
		name: "On, nothing may leave",
		means: "Choose below what may leave. Until then nothing is sent.",
	},
	unseen: {
		name: "On, nobody has agreed",
		means: "An admin looks at the bytes below and agrees before the first.",
	},
	ready: {
		name: "On",
		means: "It is asked when a person asks for it, never by itself.",
	},
};
