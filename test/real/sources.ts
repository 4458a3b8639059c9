import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { freePort, RunningProgram } from "./programs.ts";

/** Where Alertmanager sends, and what it shows there. */
export interface Receiver {
	readonly url: string;
	readonly secret: string;
}

/** Serves gauges for Prometheus to scrape: the depth of queues that a test sets. */
export async function startExporter() {
	const depths = new Map<string, number>();
	const server = createServer((_request, response) => {
		response.setHeader("content-type", "text/plain; version=0.0.4");
		response.end(
			[
				"# TYPE queue_depth gauge",
				...[...depths].map(
					([queue, depth]) => `queue_depth{queue="${queue}"} ${depth}`,
				),
				"",
			].join("\n"),
		);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	return {
		port: (server.address() as AddressInfo).port,
		set: (queue: string, depth: number) => depths.set(queue, depth),
		stop: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

/** Alerts of the rule with the severity `page` wait the default 30 s of a group, all others one second. */
export async function startAlertmanager(
	program: string,
	parent: string,
	port: number,
	receivers: readonly Receiver[],
): Promise<RunningProgram> {
	const folder = join(parent, "alertmanager");
	mkdirSync(folder);
	const hooks = receivers.map(({ url, secret }) => ({
		url,
		send_resolved: true,
		http_config: { authorization: { credentials: secret } },
	}));
	// JSON is YAML.
	writeFileSync(
		join(folder, "alertmanager.yml"),
		JSON.stringify({
			route: {
				receiver: "tocsin",
				group_by: ["alertname", "queue"],
				group_wait: "1s",
				group_interval: "2s",
				repeat_interval: "1h",
				routes: [
					{
						matchers: ['severity="page"'],
						receiver: "tocsin",
						group_wait: "30s",
					},
				],
			},
			receivers: [{ name: "tocsin", webhook_configs: hooks }],
		}),
	);
	const running = new RunningProgram(
		program,
		[
			`--config.file=${join(folder, "alertmanager.yml")}`,
			`--storage.path=${join(folder, "data")}`,
			`--web.listen-address=127.0.0.1:${port}`,
			"--cluster.listen-address=",
		],
		folder,
	);
	await running.ready(`http://127.0.0.1:${port}/-/ready`);
	return running;
}

export async function startPrometheus(
	program: string,
	parent: string,
	exporterPort: number,
	alertmanagerPort: number,
): Promise<{ running: RunningProgram; url: string }> {
	const folder = join(parent, "prometheus");
	mkdirSync(folder);
	const rule = (name: string, expression: string, severity: string) => ({
		alert: name,
		expr: expression,
		labels: { severity, service: "queues" },
		annotations: { summary: "Queue {{ $labels.queue }} is full" },
	});
	writeFileSync(
		join(folder, "rules.yml"),
		JSON.stringify({
			groups: [
				{
					name: "queues",
					interval: "1s",
					rules: [
						rule("QueueFull", 'queue_depth{queue!~"page.*"} > 100', "warning"),
						rule("QueuePage", 'queue_depth{queue=~"page.*"} > 100', "page"),
					],
				},
			],
		}),
	);
	writeFileSync(
		join(folder, "prometheus.yml"),
		JSON.stringify({
			global: {
				scrape_interval: "1s",
				evaluation_interval: "1s",
				external_labels: { region: "test" },
			},
			rule_files: ["rules.yml"],
			scrape_configs: [
				{
					job_name: "queues",
					static_configs: [{ targets: [`127.0.0.1:${exporterPort}`] }],
				},
			],
			alerting: {
				alertmanagers: [
					{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] },
				],
			},
		}),
	);
	const port = await freePort();
	const running = new RunningProgram(
		program,
		[
			`--config.file=${join(folder, "prometheus.yml")}`,
			`--storage.tsdb.path=${join(folder, "data")}`,
			`--web.listen-address=127.0.0.1:${port}`,
			// The first notification is lost when Alertmanager is not known yet.
			"--rules.alert.resend-delay=1s",
		],
		folder,
	);
	const url = `http://127.0.0.1:${port}`;
	await running.ready(`${url}/-/ready`);
	return { running, url };
}
