import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useStore } from "zustand";
import { Line, Section } from "../../components/section.tsx";
import { densities, usePreferences, zones } from "../../ground/preferences.ts";
import { useWorkspace } from "../../state/engine-context.tsx";

const schemes = ["auto", "light", "dark"] as const;
const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How it looks on this machine, kept here and never sent, and what is running. */
export function MachineSection() {
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const { density, setDensity, zone, setZone } = usePreferences();
	const { status } = useStore(useWorkspace().facts);
	return (
		<>
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
			<Section title="About">
				<Line name="Version">{status?.version}</Line>
				<Line name="API address">
					{status !== null &&
						(status.apiUrl ?? "The engine does not listen for HTTP.")}
				</Line>
				<Line name="Data folder">
					{status !== null &&
						(status.dataDirectory ??
							"Shown to the owner of the engine's machine only.")}
				</Line>
			</Section>
		</>
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
