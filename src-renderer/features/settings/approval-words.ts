import type { TenantSettings } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";

export const fourEyesChoices = ["auto", "on", "off"] as const;

export const fourEyesNames: Readonly<
	Record<TenantSettings["fourEyes"], string>
> = { auto: "Automatic", on: "Always", off: "Never" };

/** What the rule of four eyes comes to now, and what would change it. */
export function fourEyesMeaning({
	fourEyes,
	approvers,
}: TenantSettings): string {
	const people =
		approvers === 1
			? "one active admin or owner"
			: `${approvers} active admins and owners`;
	switch (fourEyes) {
		case "auto":
			return approvers >= 2
				? `Asked for now, because there are ${people}. Whoever runs a playbook needs the approval of another of them.`
				: `Not asked for now, because there is only ${people}, who may approve their own runs. It begins as soon as there is a second.`;
		case "on":
			return approvers >= 2
				? "Asked for. Whoever runs a playbook needs the approval of another admin or owner."
				: `Asked for, but there is only ${people}: nobody can approve what that person runs. Make a second admin, or choose Automatic.`;
		case "off":
			return "Not asked for. An admin or owner may approve what they run themselves; the approval is still written into the timeline.";
		default:
			return assertNever(fourEyes, "four eyes");
	}
}
