/** What an event of an incident's timeline tells. */
export const timelineKinds = [
	"opened",
	"state_changed",
	"severity_changed",
	"owner_changed",
	"note",
	"evidence",
	"signal",
	"undone",
	/** A field other than state, severity and owner was changed. */
	"edited",
	"escalation",
	"runbook_step",
	/** A playbook's dry run, approval, execution, step or rollback. */
	"action",
] as const;
export type TimelineKind = (typeof timelineKinds)[number];
