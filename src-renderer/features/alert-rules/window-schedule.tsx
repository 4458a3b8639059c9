import { Chip, Select, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useState } from "react";
import classes from "./alert-rules.module.css";
import { type FieldFaults, faultOf } from "./field-faults.ts";
import {
	timeZones,
	type WindowDraft,
	weekDays,
	weeklyWords,
} from "./window-draft.ts";

/** When a window opens that opens once, in the time zone of this machine. */
export function OnceFields(props: {
	readonly draft: WindowDraft;
	readonly faults: FieldFaults;
	onChange(part: Partial<WindowDraft>): void;
}) {
	const { draft, faults, onChange } = props;
	const isBackwards =
		draft.startsAt !== null &&
		draft.endsAt !== null &&
		draft.endsAt <= draft.startsAt;
	return (
		<div className={classes.pair}>
			<DateTimePicker
				label="From"
				placeholder="Choose a day and a time"
				value={draft.startsAt}
				error={faultOf(faults, "schedule.startsAt")}
				onChange={(at) =>
					onChange({ startsAt: at === null ? null : new Date(at) })
				}
			/>
			<DateTimePicker
				label="Until"
				placeholder="Choose a day and a time"
				value={draft.endsAt}
				error={
					isBackwards
						? "It must be after the beginning."
						: faultOf(faults, "schedule")
				}
				onChange={(at) =>
					onChange({ endsAt: at === null ? null : new Date(at) })
				}
			/>
		</div>
	);
}

/** When a window opens that opens every week, by the clocks of a place. */
export function WeeklyFields(props: {
	readonly weekly: WindowDraft["weekly"];
	readonly faults: FieldFaults;
	onChange(weekly: WindowDraft["weekly"]): void;
}) {
	const { weekly, faults, onChange } = props;
	const [zones] = useState(timeZones);
	const dayFault = faultOf(faults, "schedule.days");
	return (
		<>
			<fieldset className={classes.fields}>
				<legend>On</legend>
				<Chip.Group
					multiple
					value={weekly.days.map(String)}
					onChange={(days) => onChange({ ...weekly, days: days.map(Number) })}
				>
					<div className={classes.days}>
						{weekDays.map(({ day, name }) => (
							<Chip key={day} value={String(day)} size="xs" radius="sm">
								{name}
							</Chip>
						))}
					</div>
				</Chip.Group>
				{dayFault !== null && (
					<p className={classes.fieldFault} role="alert">
						Choose a day at least.
					</p>
				)}
			</fieldset>
			<div className={classes.weekly}>
				<TextInput
					type="time"
					label="From"
					value={weekly.startTime}
					error={faultOf(faults, "schedule.startTime")}
					onChange={(event) =>
						onChange({ ...weekly, startTime: event.currentTarget.value })
					}
				/>
				<TextInput
					type="time"
					label="Until"
					value={weekly.endTime}
					error={faultOf(faults, "schedule.endTime")}
					onChange={(event) =>
						onChange({ ...weekly, endTime: event.currentTarget.value })
					}
				/>
				<Select
					label="By the clocks of"
					searchable
					data={zones}
					limit={100}
					allowDeselect={false}
					nothingFoundMessage="No such time zone"
					value={weekly.timeZone}
					error={faultOf(faults, "schedule.timeZone")}
					onChange={(timeZone) =>
						onChange({ ...weekly, timeZone: timeZone ?? weekly.timeZone })
					}
				/>
			</div>
			{weekly.days.length > 0 && (
				<p className={classes.hint}>{weeklyWords(weekly)}</p>
			)}
		</>
	);
}
