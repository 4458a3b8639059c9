import { act, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../../../src-renderer/app/app.tsx";
import { usePlaybookDrafts } from "../../../src-renderer/state/playbook-drafts.ts";
import { openWorkspace } from "../../../src-renderer/state/workspace.ts";
import { connectEngine } from "../../../src-renderer/transport/connect-engine.ts";
import { FakeEngine } from "../fake-engine.ts";
import { incident } from "../fake-incidents.ts";
import { sampleCatalogue } from "../playbook-samples.ts";

let end: () => void = () => {};

/** A window at an address of incident i1, on an engine with the sample playbooks; drawn by `show`. */
export function openIncident(hash = "#/incident/i1/playbooks") {
	localStorage.clear();
	act(() => usePlaybookDrafts.setState({ drafts: new Map() }));
	const engine = new FakeEngine({
		incidents: [incident({ id: "i1", number: 7, title: "dbt is late" })],
		models: ["fraud-v2"],
	});
	engine.playbooks.catalogue = {
		playbooks: [...sampleCatalogue],
		faults: [],
		folder: "~/playbooks",
	};
	engine.playbooks.suggested = ["rerun_dbt", "pause_agent"];
	location.hash = hash;
	const workspace = openWorkspace(connectEngine(() => engine.open()));
	end = () => {
		workspace.close();
		engine.cut();
	};
	return {
		engine,
		playbooks: engine.playbooks,
		user: userEvent.setup(),
		show: () => render(<App workspace={workspace} env="test" />),
	};
}

/** Closes the window that `openIncident` opened. */
export function closeIncident(): void {
	end();
}
