import { CodeBlock } from "../../../components/code-block.tsx";
import section from "../../../components/section.module.css";
import { Snippets } from "./secret-view.tsx";
import classes from "./webhooks.module.css";

const example = `{
  "type": "incident.acknowledged",
  "timestamp": "2026-01-20T12:00:01.000Z",
  "data": {
    "id": "019bd2f0-5c1e-7a52-8d6a-0b9c3f1e2d4a",
    "number": 41,
    "title": "PSI of amount is 0.31 (critical from 0.20)",
    "state": "acknowledged",
    "change": "acknowledged",
    "severity": 1,
    "severity_name": "critical",
    "kind": "invariant",
    "key": null,
    "model_id": "fraud_v1",
    "source": "drift_monitor",
    "assigned_to": "Ada",
    "acknowledged_by": "Ada",
    "opened_at": "2026-01-20T11:52:40.000Z",
    "updated_at": "2026-01-20T12:00:01.000Z"
  }
}`;

const actionFields = [
	"incident_id",
	"incident_number",
	"action_id",
	"action_number",
	"action_type",
	"kind",
	"status",
];

/** What a receiver gets, and what it may rely on. */
export function PayloadHelp() {
	return (
		<details className={classes.help}>
			<summary>What a receiver gets</summary>
			<p>
				A POST with JSON of less than 20 kB, signed as the{" "}
				<cite>Standard Webhooks</cite> specification prescribes. Its{" "}
				<code>type</code> is one of those a webhook can be told of:{" "}
				<code>incident.created</code>, <code>incident.updated</code>,{" "}
				<code>incident.acknowledged</code>, <code>incident.mitigated</code>,{" "}
				<code>incident.resolved</code>, <code>incident.closed</code>,{" "}
				<code>action.executed</code>, and <code>webhook.test</code>.
			</p>
			<CodeBlock
				label="Example"
				head="An example"
				text={example}
				copyLabel="Copy the example"
			/>
			<ul className={classes.facts}>
				<li>
					Each change is sent once, under the most specific type that the
					webhook asks for. Who asks for <code>incident.updated</code> alone
					gets every change under it and finds what it was in{" "}
					<code>change</code>.
				</li>
				<li>
					<code>severity</code> is 1 (critical) to 5 (info). A playbook that ran
					has the fields{" "}
					{actionFields.map((field, index) => (
						<span key={field}>
							{index > 0 && ", "}
							<code>{field}</code>
						</span>
					))}
					.
				</li>
				<li>
					Any answer from 200 to 299 within 20 s takes a delivery. After any
					other, and after none, it is sent again after 5 s, 5 min, 30 min, 2 h,
					5 h, 10 h, 14 h, 20 h and 24 h, or later where{" "}
					<code>Retry-After</code> asks for it; then it is given up and can be
					sent again from the log.
				</li>
				<li>
					The same delivery can arrive twice: <code>webhook-id</code> stays the
					same over every attempt. The order of deliveries is not promised.
				</li>
				<li>
					410 turns the webhook off. Deliveries are kept for 30 days, and those
					that were given up for 90.
				</li>
			</ul>
			<p className={section.note}>How a receiver checks the signature:</p>
			<Snippets />
		</details>
	);
}
