import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { PageHeader } from "../../components/page-header.tsx";
import { useWorkspace } from "../../state/engine-context.tsx";
import { densities, usePreferences, zones } from "../../state/preferences.ts";
import { desktopBridge } from "../../transport/desktop-bridge.ts";
import { ApiKeys } from "./api-keys.tsx";
import { Section } from "./section.tsx";
import classes from "./settings-page.module.css";
import { SignOut } from "./sign-out.tsx";

const schemes = ["auto", "light", "dark"] as const;
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How it looks on this machine, the keys that sources use, and what is running. */
export function SettingsPage() {
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const { density, setDensity, zone, setZone } = usePreferences();
	const { status, session } = useStore(useWorkspace().facts);
	return (
		<div className={classes.page}>
			<PageHeader title="Settings" />
			<div className={classes.scroll}>
				<Section title="On this machine">
					<Line name="Theme">
						<Choice
							label="Theme"
							value={colorScheme}
							options={schemes}
							words={{ auto: "System", light: "Light", dark: "Dark" }}
							onChange={setColorScheme}
						/>
					</Line>
					<Line name="Rows">
						<Choice
							label="Rows"
							value={density}
							options={densities}
							words={{ comfortable: "Comfortable", compact: "Compact" }}
							onChange={setDensity}
						/>
					</Line>
					<Line name="Times">
						<Choice
							label="Times"
							value={zone}
							options={zones}
							words={{ local: `Local, ${localZone}`, utc: "UTC" }}
							onChange={setZone}
						/>
					</Line>
				</Section>
				<ApiKeys />
				<Section title="About">
					{session !== null && (
						<Line name="Signed in as">
							{session.user.name}, {session.role} of {session.tenant.name}
							{desktopBridge() === undefined && <SignOut />}
						</Line>
					)}
					{status !== null && (
						<>
							<Line name="Version">{status.version}</Line>
							<Line name="API address">
								{status.apiUrl ?? "The engine does not listen for HTTP."}
							</Line>
							{status.dataDirectory !== null && (
								<Line name="Data folder">{status.dataDirectory}</Line>
							)}
						</>
					)}
				</Section>
			</div>
		</div>
	);
}

function Line(props: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div className={classes.line}>
			<span className="dim">{props.name}</span>
			<span className={classes.value}>{props.children}</span>
		</div>
	);
}

function Choice<T extends string>(props: {
	readonly label: string;
	readonly value: T;
	readonly options: readonly T[];
	readonly words: Readonly<Record<T, string>>;
	onChange(value: T): void;
}) {
	return (
		<SegmentedControl
			aria-label={props.label}
			value={props.value}
			data={props.options.map((value) => ({
				value,
				label: props.words[value],
			}))}
			onChange={(value) => {
				const chosen = props.options.find((each) => each === value);
				if (chosen !== undefined) props.onChange(chosen);
			}}
		/>
	);
}
