import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { type EngineSession, withEngine } from "./engine-session.ts";
import { CommandFailure, exitCodes, usageFailure } from "./failure.ts";
import type { CommonOptions } from "./options.ts";
import { printJson, printLine, printNotice } from "./output.ts";
import { followAction } from "./playbook-follow.ts";
import { readParameters, requirePlaybook } from "./playbook-parameters.ts";
import { describeDryRun, describeRollback } from "./playbook-preview.ts";
import { ask, canAsk } from "./question.ts";

interface Consent extends CommonOptions {
	readonly yes?: true;
	readonly approve?: true;
}

interface RunOptions extends Consent {
	readonly incident: string;
	readonly param: readonly string[];
	readonly params?: string;
	readonly dryRun?: true;
}

/** `tocsin playbook run ID`: dry run, question, execution. */
export async function runPlaybook(
	id: string,
	options: RunOptions,
): Promise<void> {
	await withEngine(options, async (session) => {
		const { client } = session;
		const incidentId = await incidentOf(session, options.incident);
		const playbook = requirePlaybook(id, await client.playbooks.catalogue());
		const params = readParameters(playbook, options.param, options.params);
		const dryRun = await client.playbooks
			.dryRun({ incidentId, playbookId: id, params })
			.catch((error: unknown) => refuse(error, options));
		if (dryRun === null) return;
		if (options.dryRun) {
			if (options.json) printJson(dryRun);
			else printLine(describeDryRun(dryRun));
			return;
		}
		await execute(session, dryRun, options);
	});
}

/** `tocsin playbook execute NUMBER`. */
export async function executeDryRun(
	number: string,
	options: Consent,
): Promise<void> {
	await withEngine(options, async (session) =>
		execute(session, await actionOf(session, number), options),
	);
}

/** `tocsin playbook rollback NUMBER`. */
export async function rollBack(
	number: string,
	options: Consent,
): Promise<void> {
	await withEngine(options, async (session) => {
		const { client } = session;
		const execution = await actionOf(session, number);
		const plan = execution.rollbackPlan;
		if (plan === null || plan.fault !== null) {
			throw new CommandFailure(
				"CONFLICT",
				plan?.fault ?? `#${execution.number} declared no rollback.`,
			);
		}
		if (!options.json) printLine(describeRollback(execution, plan));
		const isApproved = !plan.requiresApproval || plan.approval !== null;
		await consent(session, execution, isApproved, options);
		const begun = await client.playbooks.rollback({ actionId: execution.id });
		await finish(session, begun, options);
	});
}

/** `tocsin playbook cancel NUMBER`. */
export async function cancelAction(
	number: string,
	options: CommonOptions,
): Promise<void> {
	await withEngine(options, async (session) => {
		const { id } = await actionOf(session, number);
		const action = await session.client.playbooks.cancel({ actionId: id });
		if (options.json) printJson(action);
		else printLine(`#${action.number} ${action.status}: ${action.message}`);
	});
}

async function execute(
	session: EngineSession,
	dryRun: PlaybookAction,
	options: Consent,
): Promise<void> {
	if (!options.json) printLine(describeDryRun(dryRun));
	const isApproved = !dryRun.requiresApproval || dryRun.approval !== null;
	await consent(session, dryRun, isApproved, options);
	const begun = await session.client.playbooks.execute({ dryRunId: dryRun.id });
	await finish(session, begun, options);
}

/** Asks what is not said by a flag yet. Throws when it is not to be run. */
async function consent(
	session: EngineSession,
	action: PlaybookAction,
	isApproved: boolean,
	options: Consent,
): Promise<void> {
	const { client } = session;
	if (!isApproved && action.approvalFault !== null) {
		await client.playbooks.requestApproval({ actionId: action.id });
		const next = action.kind === "dry_run" ? "execute" : "rollback";
		throw new CommandFailure(
			"APPROVAL_NEEDED",
			`${action.approvalFault} The approval was asked for; when it is given: tocsin playbook ${next} ${action.number}`,
		);
	}
	const missing = [
		...(isApproved || options.approve ? [] : ["--approve"]),
		...(options.yes || (!isApproved && options.approve) ? [] : ["--yes"]),
	];
	if (missing.length > 0) {
		if (options.json || !canAsk()) {
			throw usageFailure(
				`There is nobody to ask; ${missing.join(" and ")} says yes. Nothing was run.`,
			);
		}
		const question = isApproved
			? "Run it? yes or no:"
			: "It needs an approval. Approve it and run it? yes or no:";
		const answer = await ask(question, (text) =>
			/^(y|yes|n|no)$/i.test(text) ? text.toLowerCase() : null,
		);
		if (answer.startsWith("n")) {
			throw new CommandFailure(
				"CANCELLED",
				"Nothing was run.",
				exitCodes.interrupted,
			);
		}
	}
	if (!isApproved) await client.playbooks.approve({ actionId: action.id });
}

async function finish(
	session: EngineSession,
	begun: PlaybookAction,
	options: CommonOptions,
): Promise<void> {
	const { action, exitCode } = await followAction(
		session,
		begun,
		options.json === true,
	);
	if (options.json) printJson(action);
	else printNotice(`#${action.number} ${action.status}: ${action.message}`);
	process.exitCode = exitCode;
}

async function incidentOf(
	{ client }: EngineSession,
	text: string,
): Promise<string> {
	const number = wholeNumber(text, "--incident");
	const { items } = await client.incidents.list({
		before: number + 1,
		limit: 1,
	});
	const [incident] = items;
	if (incident?.number === number) return incident.id;
	throw new CommandFailure("NOT_FOUND", `There is no incident ${number}.`);
}

async function actionOf(
	{ client }: EngineSession,
	text: string,
): Promise<PlaybookAction> {
	const number = wholeNumber(text, "The number");
	const { items } = await client.playbooks.actions({
		before: number + 1,
		limit: 1,
	});
	const [action] = items;
	if (action?.number === number) return action;
	throw new CommandFailure("NOT_FOUND", `There is no action ${number}.`);
}

function wholeNumber(text: string, name: string): number {
	const digits = text.replace(/^#/, "");
	if (/^[1-9]\d{0,14}$/.test(digits)) return Number(digits);
	throw usageFailure(`${name} is a number such as 12, not ${text}.`);
}

/** Shows every fault of the parameters; anything else is thrown on. */
function refuse(error: unknown, options: CommonOptions): null {
	const faults = faultsOf(error);
	if (faults === null) throw error;
	const message = "The parameters are wrong; nothing was run.";
	process.exitCode = exitCodes.failed;
	if (options.json) printJson({ error: { code: "INVALID", message, faults } });
	for (const fault of faults) {
		const place = fault.path === "" ? "" : `${fault.path} `;
		printNotice(`tocsin: ${place}${fault.message}`);
	}
	return null;
}

interface Fault {
	readonly path: string;
	readonly message: string;
}

function faultsOf(error: unknown): Fault[] | null {
	const data: unknown =
		typeof error === "object" && error !== null
			? Reflect.get(error, "data")
			: null;
	const faults: unknown =
		typeof data === "object" && data !== null
			? Reflect.get(data, "faults")
			: null;
	if (!Array.isArray(faults) || faults.length === 0) return null;
	return faults.filter(
		(fault): fault is Fault =>
			typeof fault?.path === "string" && typeof fault?.message === "string",
	);
}
