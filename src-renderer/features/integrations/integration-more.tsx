import { NumberInput, Switch, TextInput } from "@mantine/core";
import type {
	Integration,
	IntegrationChange,
	IntegrationType,
} from "../../../src-shared/contract/index.ts";
import section from "../../components/section.module.css";
import {
	type DraftRow,
	draftRow,
	SeverityFields,
	type SeverityWord,
} from "../alert-rules/index.ts";
import { sourceName } from "../alerts/index.ts";
import classes from "./integrations.module.css";

const usualInterval = 15;

/** What few people change of an integration, while it is edited. */
export interface MoreDraft {
	readonly isPolled: boolean;
	/** In seconds. */
	readonly interval: number;
	/** The address of the other half of the pair: the Prometheus of an Alertmanager, and the other way round. */
	readonly otherUrl: string;
	readonly webhookEnabled: boolean;
	readonly isPrimary: boolean;
	readonly severities: readonly DraftRow<SeverityWord>[];
}

/** The key of `config` that holds the other half; null for a type that is not asked again and again. */
function otherHalf(type: IntegrationType) {
	if (type === "alertmanager") {
		return { key: "prometheusUrl", name: "Its Prometheus" } as const;
	}
	return type === "prometheus"
		? ({ key: "alertmanagerUrl", name: "Its Alertmanager" } as const)
		: null;
}

export function moreOf(
	integration: Integration | null,
	type: IntegrationType,
): MoreDraft {
	const config = integration?.config ?? {};
	const other = otherHalf(type);
	const url = other === null ? undefined : config[other.key];
	const { pollIntervalSeconds: interval } = config;
	return {
		isPolled: config.poll !== false,
		interval: typeof interval === "number" ? interval : usualInterval,
		otherUrl: typeof url === "string" ? url : "",
		webhookEnabled: integration?.webhookEnabled ?? true,
		isPrimary: integration?.isPrimary ?? false,
		severities: Object.entries(integration?.severities ?? {}).map(
			([word, severity]) => draftRow({ word, severity }),
		),
	};
}

/** The change that is sent; what of `config` has no field here stays as it was. */
export function moreChange(
	draft: MoreDraft,
	integration: Integration | null,
	type: IntegrationType,
): IntegrationChange {
	const other = otherHalf(type);
	const config = { ...integration?.config };
	if (other !== null) {
		config.poll = draft.isPolled;
		config.pollIntervalSeconds = draft.interval;
		const url = draft.otherUrl.trim();
		if (url === "") delete config[other.key];
		else config[other.key] = url;
	}
	return {
		config,
		webhookEnabled: draft.webhookEnabled,
		isPrimary: draft.isPrimary,
		severities: Object.fromEntries(
			draft.severities
				.map(({ value }) => [value.word.trim().toLowerCase(), value.severity])
				.filter(([word]) => word !== ""),
		),
	};
}

/** The fields that few people need, behind one line. */
export function MoreFields(props: {
	readonly type: IntegrationType;
	readonly draft: MoreDraft;
	onChange(part: Partial<MoreDraft>): void;
}) {
	const { type, draft, onChange } = props;
	const other = otherHalf(type);
	return (
		<details className={classes.more}>
			<summary>More settings</summary>
			<div className={section.form}>
				<Switch
					label="Takes what is sent to its webhook"
					checked={draft.webhookEnabled}
					onChange={(event) =>
						onChange({ webhookEnabled: event.currentTarget.checked })
					}
				/>
				<Switch
					label={`First choice of the project among ${type === "generic" ? "those of any system" : `those of ${sourceName(type)}`}`}
					checked={draft.isPrimary}
					onChange={(event) =>
						onChange({ isPrimary: event.currentTarget.checked })
					}
				/>
				{other !== null && (
					<>
						<Switch
							label="Asked again and again what fires"
							checked={draft.isPolled}
							onChange={(event) =>
								onChange({ isPolled: event.currentTarget.checked })
							}
						/>
						<div className={classes.pair}>
							<NumberInput
								label="Every so many seconds"
								min={1}
								max={3_600}
								allowDecimal={false}
								disabled={!draft.isPolled}
								value={draft.interval}
								onChange={(value) =>
									onChange({
										interval: typeof value === "number" ? value : usualInterval,
									})
								}
							/>
							<TextInput
								label={other.name}
								placeholder="http://127.0.0.1:9090"
								type="url"
								autoComplete="off"
								spellCheck={false}
								maxLength={2_000}
								value={draft.otherUrl}
								onChange={(event) =>
									onChange({ otherUrl: event.currentTarget.value })
								}
							/>
						</div>
						<p className={section.note}>
							An Alertmanager takes silences; a Prometheus knows what fired
							while Tocsin was away.
						</p>
					</>
				)}
				<SeverityFields
					none="The usual words for severity are known. Add those that are your own."
					rows={draft.severities}
					onChange={(severities) => onChange({ severities })}
				/>
			</div>
		</details>
	);
}
