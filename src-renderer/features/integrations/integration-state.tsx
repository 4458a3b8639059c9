import {
	IconAlertTriangle,
	IconCircleCheck,
	IconCircleOff,
	IconHourglass,
	IconLock,
} from "@tabler/icons-react";
import type { Integration } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import classes from "../../components/section.module.css";
import own from "./integrations.module.css";

/** Whether alerts of it are taken, and what is wrong with it. */
export function IntegrationState({
	integration,
}: {
	readonly integration: Integration;
}) {
	const [Icon, word, title, health] = stateOf(integration);
	return (
		<span
			className={`${classes.state} ${own.health}`}
			title={title}
			data-health={health}
		>
			<Icon size={14} stroke={1.75} aria-hidden="true" />
			{word}
		</span>
	);
}

function stateOf({ status, isLocked, lastErrorMessage }: Integration) {
	if (isLocked) {
		return [
			IconLock,
			"Locked",
			"Its secrets cannot be read on this machine",
			"warn",
		] as const;
	}
	switch (status) {
		case "active":
			return [IconCircleCheck, "On", "Its alerts are taken", "ok"] as const;
		case "inactive":
			return [
				IconCircleOff,
				"Off",
				"What it sends is refused while it is off",
				"none",
			] as const;
		case "testing":
			return [IconHourglass, "Testing", "It is asked now", "none"] as const;
		case "error":
			return [
				IconAlertTriangle,
				"Does not answer",
				lastErrorMessage ?? "Its last test failed",
				"critical",
			] as const;
		default:
			return assertNever(status, "status of an integration");
	}
}
