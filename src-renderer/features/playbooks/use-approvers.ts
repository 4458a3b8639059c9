import type {
	Member,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import {
	useEngine,
	useLiveChange,
	useNewChannel,
} from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";

/** Who may approve; null where this person may not know. */
export interface Approvers {
	readonly members: readonly Member[] | null;
	readonly isFourEyes: boolean;
}

/** The people of the tenant and its rule, followed live. */
export function useApprovers(): Approvers {
	const engine = useEngine();
	const members = useAnswer("members", (signal) =>
		engine.users.list(undefined, { signal }),
	);
	const settings = useAnswer("settings", (signal) =>
		engine.settings.get(undefined, { signal }),
	);
	const reload = () => {
		members.reload();
		settings.reload();
	};
	useNewChannel(reload);
	useLiveChange((change) => {
		if (change.kind === "members" || change.kind === "resync") reload();
	});
	return {
		members: members.value,
		isFourEyes: settings.value?.isFourEyes ?? false,
	};
}

const mostNames = 4;

/** `Ada Lovelace or Bob may approve it.` */
export function whoMayApprove(
	{ members, isFourEyes }: Approvers,
	action: PlaybookAction,
): string {
	if (members === null) return "An admin or an owner may approve it.";
	const names = members
		.filter(
			({ id, role, isActive }) =>
				isActive &&
				roleAtLeast(role, callNeeds.playbooks.approve.role) &&
				!(isFourEyes && id === action.author.id),
		)
		.map(({ name }) => name);
	if (names.length === 0) {
		return "Nobody may approve it now: another admin or owner has to be added in Settings.";
	}
	const shown = names.slice(0, mostNames);
	const rest = names.length - shown.length;
	if (rest > 0) return `${shown.join(", ")} or ${rest} others may approve it.`;
	const last = shown.at(-1) ?? "";
	const first = shown.slice(0, -1).join(", ");
	return `${first === "" ? last : `${first} or ${last}`} may approve it.`;
}
