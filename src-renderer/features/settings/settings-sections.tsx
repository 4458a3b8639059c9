import {
	IconDeviceDesktop,
	IconEyeCheck,
	IconFilterCog,
	IconFolders,
	IconGauge,
	IconKey,
	IconMessageQuestion,
	IconPlugConnected,
	IconUser,
	IconUsers,
	IconWebhook,
	type TablerIcon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { AlertRulesSection } from "../alert-rules/index.ts";
import { IntegrationsSection } from "../integrations/index.ts";
import { ModelServerSection } from "../model-server/index.ts";
import { ProjectsSection } from "../projects/index.ts";
import { ApiKeys } from "./api-keys.tsx";
import { ApprovalsSection } from "./approvals-section.tsx";
import { LimitsSection } from "./limits-section.tsx";
import { MachineSection } from "./machine-section.tsx";
import { MembersSection } from "./members-section.tsx";
import { WebhooksSection } from "./webhooks/webhooks-section.tsx";
import { YouSection } from "./you-section.tsx";

export interface SettingsSection {
	/** Second segment of the address. */
	readonly id: string;
	readonly label: string;
	readonly icon: TablerIcon;
	readonly Component: ComponentType;
}

const you: SettingsSection = {
	id: "you",
	label: "You",
	icon: IconUser,
	Component: YouSection,
};

/** The sections of the settings, in the order of their list. */
export const sections: readonly SettingsSection[] = [
	you,
	{
		id: "members",
		label: "Members",
		icon: IconUsers,
		Component: MembersSection,
	},
	{
		id: "projects",
		label: "Projects",
		icon: IconFolders,
		Component: ProjectsSection,
	},
	{
		id: "approvals",
		label: "Approvals",
		icon: IconEyeCheck,
		Component: ApprovalsSection,
	},
	{ id: "keys", label: "API keys", icon: IconKey, Component: ApiKeys },
	{
		id: "integrations",
		label: "Integrations",
		icon: IconPlugConnected,
		Component: IntegrationsSection,
	},
	{
		id: "alert-rules",
		label: "Alert rules",
		icon: IconFilterCog,
		Component: AlertRulesSection,
	},
	{
		id: "webhooks",
		label: "Webhooks",
		icon: IconWebhook,
		Component: WebhooksSection,
	},
	{
		id: "model-server",
		label: "Model server",
		icon: IconMessageQuestion,
		Component: ModelServerSection,
	},
	{ id: "limits", label: "Limits", icon: IconGauge, Component: LimitsSection },
	{
		id: "machine",
		label: "This machine",
		icon: IconDeviceDesktop,
		Component: MachineSection,
	},
];

/** The section of an address; the first for none and for an unknown one. */
export function sectionOf(id: string | undefined): SettingsSection {
	return sections.find((each) => each.id === id) ?? you;
}
