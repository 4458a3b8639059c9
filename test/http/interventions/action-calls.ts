import { beforeEach } from "vitest";
import { must } from "../../../src-shared/domain/must.ts";
import {
	type Answer,
	alice,
	call,
	type OpenInterventions,
	openInterventions,
	type Person,
} from "./open-interventions.ts";
import { testPlaybooks } from "./test-playbooks.ts";

/** API E over the test playbooks, and an incident to run them on. */
export interface ActionCalls {
	readonly opened: OpenInterventions;
	readonly owner: Person;
	readonly files: ReturnType<typeof testPlaybooks>;
	/** The incident's number. */
	readonly incident: number;
	/** Below the incident's actions. The owner asks where nobody else is named. */
	readonly post: (
		path: string,
		json: unknown,
		headers?: Record<string, string>,
		by?: Person,
	) => Promise<Answer>;
	readonly get: (path: string) => Promise<Answer>;
}

/** Anew for every test of the file; it is there once a test runs. */
export function actionCalls(): () => ActionCalls {
	let calls: ActionCalls | undefined;
	beforeEach(async () => {
		calls = await openActions();
	});
	return () => must(calls, "opened before each test");
}

async function openActions(): Promise<ActionCalls> {
	const files = testPlaybooks();
	const opened = await openInterventions({ playbooks: files.files });
	const owner = await opened.signUp(alice);
	const [incident = 0] = opened.openIncidents(owner.principal);
	const base = `${opened.base}/playbooks/incidents/${incident}/actions`;
	return {
		opened,
		owner,
		files,
		incident,
		post: (path, json, headers = {}, by = owner) =>
			call("POST", `${base}${path}`, {
				json,
				headers: { ...by.authorized, ...headers },
			}),
		get: (path) => call("GET", `${base}${path}`, { headers: owner.authorized }),
	};
}

/** A body that adds a word. */
export function addWord(word: string, risky?: boolean) {
	return {
		action_type: "add_word",
		params: { word, ...(risky === undefined ? {} : { risky }) },
	};
}

/** Status, code and message of a refusal. */
export function refusal(answer: Answer): [number, string, string] {
	const { error } = answer.body as {
		error: { code: string; message: string };
	};
	return [answer.status, error.code, error.message];
}

/** The number of the action that an answer is of. */
export function actionId({ body }: Answer): number {
	const { action_id, details } = body as {
		action_id?: number;
		details: { action_id: number };
	};
	return action_id ?? details.action_id;
}
