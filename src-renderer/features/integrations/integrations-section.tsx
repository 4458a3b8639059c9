import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useStore } from "zustand";
import type {
	Integration,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { Fault, Section, WaitingRows } from "../../components/section.tsx";
import { navigate, placeHash, usePlace } from "../../ground/router.ts";
import { useProject } from "../../state/current-project.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useIntegrations } from "../../state/use-integrations.ts";
import { whyNot } from "../../state/why-not.ts";
import { sourceName, sources } from "../alerts/index.ts";
import { IntegrationDetail } from "./integration-detail.tsx";
import { AddIntegration } from "./integration-dialogs.tsx";
import { IntegrationState } from "./integration-state.tsx";
import classes from "./integrations.module.css";

const listPath = ["settings", "integrations"];

/** The systems that alerts come from: `#/settings/integrations`, one behind its id, and `?add=grafana` to add one. */
export function IntegrationsSection() {
	const project = useProject();
	return (
		<Section title="Integrations">
			{project === null ? (
				<WaitingRows rows={3} hasHead />
			) : (
				<Integrations key={project.id} project={project} />
			)}
		</Section>
	);
}

function Integrations({ project }: { readonly project: ProjectSummary }) {
	const integrations = useIntegrations(project.id);
	const origin = useStore(
		useWorkspace().facts,
		({ status }) => status?.apiUrl ?? null,
	);
	const { path, query } = usePlace();
	const id = path[2];
	const { value } = integrations;
	const reason = whyNot(callNeeds.integrations.create, project);
	const adding = sources.find((each) => each === query.get("add"));
	if (value === null) {
		return integrations.fault === null ? (
			<WaitingRows rows={3} hasHead />
		) : (
			<Fault>
				The integrations could not be listed: {integrations.fault}{" "}
				<Button
					variant="default"
					size="compact-xs"
					onClick={integrations.reload}
				>
					Try again
				</Button>
			</Fault>
		);
	}
	const chosen = value.find((each) => each.id === id);
	if (chosen !== undefined) {
		return (
			<IntegrationDetail
				key={chosen.id}
				integration={chosen}
				origin={origin}
				reason={reason}
				onChanged={integrations.reload}
			/>
		);
	}
	return (
		<>
			<p>
				{value.length === 0
					? "An integration is a monitoring system whose alerts come here: Alertmanager, Grafana, PagerDuty, or anything that can POST JSON. Adding one gives an address and a secret to paste there. Nothing leaves this machine before you enter an address to ask."
					: "Monitoring systems whose alerts come here."}
			</p>
			{id !== undefined && !integrations.isLoading && (
				<Fault>
					There is no such integration any more.{" "}
					<a href={placeHash(listPath)}>All integrations</a>
				</Fault>
			)}
			{reason === null ? (
				<div className={section.above}>
					<Button
						leftSection={<IconPlus size={15} stroke={1.75} />}
						disabled={origin === null}
						onClick={() => navigate(listPath, { add: "alertmanager" })}
					>
						Add an integration
					</Button>
				</div>
			) : (
				<p>{reason}</p>
			)}
			{origin === null && (
				<p>
					The engine does not listen for HTTP now, so nothing can be sent here.
				</p>
			)}
			{value.length > 0 && <IntegrationList integrations={value} />}
			{adding !== undefined && reason === null && origin !== null && (
				<AddIntegration
					project={project}
					type={adding}
					origin={origin}
					onClose={() => navigate(listPath, {}, { replace: true })}
					onAdded={(added) => {
						integrations.reload();
						navigate([...listPath, added]);
					}}
				/>
			)}
		</>
	);
}

function IntegrationList(props: {
	readonly integrations: readonly Integration[];
}) {
	return (
		<table className={`${section.table} ${classes.list}`}>
			<thead>
				<tr>
					<th scope="col">Name</th>
					<th scope="col">System</th>
					<th scope="col">State</th>
					<th scope="col">Last alert</th>
					<th scope="col">Last test</th>
				</tr>
			</thead>
			<tbody>
				{props.integrations.map((each) => (
					<tr key={each.id}>
						<td className="truncate" title={each.name}>
							<a href={placeHash([...listPath, each.id])}>
								<bdi>{each.name}</bdi>
							</a>
						</td>
						<td>{sourceName(each.type)}</td>
						<td>
							<IntegrationState integration={each} />
						</td>
						<td>
							{each.lastReceivedAt === null ? (
								<span className="faint">Never</span>
							) : (
								<RelativeTime at={each.lastReceivedAt} ago />
							)}
						</td>
						<td>
							{each.lastTestAt === null ? (
								<span className="faint">Never</span>
							) : (
								<RelativeTime at={each.lastTestAt} ago />
							)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
