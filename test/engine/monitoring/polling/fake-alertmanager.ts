import { alertmanagerAnswers } from "./alertmanager-answers.ts";
import { fakeServer } from "./fake-server.ts";

/** A server that answers as Alertmanager's API v2 does, from lists that the test sets. */
export async function fakeAlertmanager() {
	const { answer, state } = alertmanagerAnswers();
	return { ...(await fakeServer(answer)), state };
}
