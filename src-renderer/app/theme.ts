import {
	type CSSVariablesResolver,
	createTheme,
	type MantineColorsTuple,
} from "@mantine/core";

const signal: MantineColorsTuple = [
	"#eef0ff",
	"#dde1fb",
	"#b9c0f3",
	"#939eec",
	"#7480e6",
	"#606de2",
	"#4f5ddb",
	"#4353d6",
	"#3543b4",
	"#2c3898",
];

/** Mantine's neutral greys on the same scale as tokens.css. */
const dark: MantineColorsTuple = [
	"#e8ebef",
	"#a8b1bc",
	"#8b95a1",
	"#5b6570",
	"#3a424c",
	"#262c33",
	"#1a1e23",
	"#131619",
	"#0f1215",
	"#0b0d0f",
];
const gray: MantineColorsTuple = [
	"#f7f8f9",
	"#f3f4f6",
	"#e2e5e9",
	"#d5dae0",
	"#c9ced6",
	"#a5adb8",
	"#6c7682",
	"#4d5661",
	"#323941",
	"#16191d",
];

/** White text has 4.5:1 and better on the two shades that fill a button. */
const red: MantineColorsTuple = [
	"#fff0f0",
	"#ffdede",
	"#fab9bb",
	"#f48f93",
	"#ec6a70",
	"#e04a51",
	"#c4232b",
	"#c4232b",
	"#a51a22",
	"#87141b",
];

/** One accent; every other colour is a severity or a state, and lives in tokens.css. */
export const theme = createTheme({
	primaryColor: "signal",
	primaryShade: { light: 7, dark: 6 },
	colors: { signal, dark, gray, red },
	fontFamily: '"Inter Variable", system-ui, sans-serif',
	fontFamilyMonospace:
		'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
	fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "15px", xl: "18px" },
	lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.4", xl: "1.3" },
	spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
	radius: { xs: "3px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
	defaultRadius: "md",
	respectReducedMotion: true,
	cursorType: "pointer",
	components: {
		Button: { defaultProps: { size: "xs", fw: 500 } },
		TextInput: { defaultProps: { size: "xs" } },
		PasswordInput: { defaultProps: { size: "xs" } },
		NumberInput: { defaultProps: { size: "xs" } },
		Select: {
			defaultProps: {
				size: "xs",
				comboboxProps: { transitionProps: { duration: 0 } },
			},
		},
		Textarea: { defaultProps: { size: "xs" } },
		Switch: { defaultProps: { size: "xs" } },
		Checkbox: { defaultProps: { size: "xs" } },
		SegmentedControl: {
			defaultProps: { size: "xs", transitionDuration: 0 },
		},
		ActionIcon: { defaultProps: { variant: "subtle", size: "md" } },
		Tooltip: {
			defaultProps: { openDelay: 400, transitionProps: { duration: 0 } },
		},
		Menu: {
			defaultProps: { transitionProps: { duration: 0 }, shadow: "sm" },
		},
		Popover: {
			defaultProps: { transitionProps: { duration: 0 }, shadow: "sm" },
		},
		Modal: {
			defaultProps: {
				transitionProps: { duration: 0 },
				centered: true,
				closeButtonProps: { "aria-label": "Close" },
				overlayProps: { backgroundOpacity: 0.4 },
			},
		},
		Notification: {
			defaultProps: { closeButtonProps: { "aria-label": "Close" } },
		},
	},
});

const fromTokens = {
	"--mantine-color-body": "var(--surface)",
	"--mantine-color-text": "var(--text)",
	"--mantine-color-bright": "var(--text)",
	"--mantine-color-dimmed": "var(--text-dim)",
	"--mantine-color-placeholder": "var(--text-faint)",
	"--mantine-color-default": "var(--surface)",
	"--mantine-color-default-hover": "var(--hover)",
	"--mantine-color-default-color": "var(--text)",
	"--mantine-color-default-border": "var(--line-strong)",
	"--mantine-color-anchor": "var(--accent-text)",
	"--mantine-color-error": "var(--severity-1)",
};

/** Mantine's own colours are ours, in both schemes. */
export const variables: CSSVariablesResolver = () => ({
	variables: {},
	light: fromTokens,
	dark: fromTokens,
});
