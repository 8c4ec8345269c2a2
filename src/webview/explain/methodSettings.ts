import {
  explanationDefaults,
  type ExplanationBaseline,
  type ExplanationMethod,
} from '../../protocol/explanation';
import type { RunView } from '../../protocol/panelProtocol';
import { settingRules, type SettingRule } from '../../protocol/settingRules';
import { button, element } from '../draw/element';
import { dirtyCheck } from '../draw/redraw';
import type { ChangedSettings } from '../state/explainLook';
import { BaselineField } from './baselineField';
import { settingFields, type SettingField } from './settingFields';

type Values = Readonly<Record<string, unknown>>;

interface SettingsState {
  readonly method: ExplanationMethod;
  readonly settings: ChangedSettings;
  readonly run: RunView;
  /** Runs whose pictures may be baselines. */
  readonly others: readonly RunView[];
}

/** A field as it is drawn. */
interface DrawnField {
  readonly element: HTMLElement;
  readonly control: HTMLElement;
  readonly show: (value: unknown, state: SettingsState) => void;
}

/** The settings of the method that is looked at; one that it cannot have is refused in the engine's words. */
export class MethodSettings {
  readonly element: HTMLElement;
  private readonly fields = element('div', { class: 'explain-settings-fields' });
  private readonly refusal = element('p', {
    id: 'explain-setting-refused',
    class: 'note',
    role: 'alert',
  });
  private readonly reset: HTMLButtonElement;
  private readonly methodChanged = dirtyCheck();
  private drawn: Readonly<Record<string, DrawnField>> = {};
  private state: SettingsState | undefined;

  constructor(private readonly change: (settings: ChangedSettings) => void) {
    this.reset = button('Reset to defaults', () => this.resetAll(), { kind: 'secondary small' });
    this.element = element(
      'div',
      { class: 'explain-settings', role: 'group', 'aria-label': 'Settings of the method' },
      this.fields,
      this.reset,
    );
  }

  update(state: SettingsState): void {
    const { method, settings } = state;
    this.state = state;
    const specs = Object.entries<SettingField>(settingFields[method]);
    this.element.hidden = specs.length === 0;
    if (this.methodChanged(method)) this.draw(specs);
    const values = { ...explanationDefaults[method], ...settings[method] } as Values;
    for (const [name, { show }] of Object.entries(this.drawn)) show(values[name], state);
    this.reset.hidden = settings[method] === undefined;
  }

  private draw(specs: readonly (readonly [string, SettingField])[]): void {
    this.refuse(undefined);
    this.drawn = Object.fromEntries(
      specs.map(([name, field]) => [name, this.drawField(name, field)] as const),
    );
    this.fields.replaceChildren(...Object.values(this.drawn).map((each) => each.element));
  }

  private drawField(name: string, field: SettingField): DrawnField {
    const id = `explain-setting-${name}`;
    const drawn = this.drawControl(id, name, field);
    const label = element('label', { for: id }, field.label);
    drawn.control.title = field.hint;
    return {
      ...drawn,
      element: element('div', { class: 'explain-control' }, label, drawn.element),
    };
  }

  private drawControl(id: string, name: string, field: SettingField): DrawnField {
    if (field.kind === 'number') return this.numberField(id, name, field.label);
    const select = element('select', { id, class: 'select' });
    if (field.kind === 'baseline') {
      const made = new BaselineField(select, (baseline) => this.set(name, baseline));
      return {
        element: made.element,
        control: select,
        show: (value, state) => made.update(value as ExplanationBaseline, state),
      };
    }
    const options = Object.entries(field.options);
    select.append(...options.map(([key, { words }]) => element('option', { value: key }, words)));
    select.addEventListener('change', () => this.set(name, field.options[select.value]?.value));
    const show = (value: unknown): void => {
      select.value = options.find(([, option]) => option.value === value)?.[0] ?? '';
    };
    return { element: select, control: select, show };
  }

  /** A text, not a number field: what is no number can be named. */
  private numberField(id: string, name: string, label: string): DrawnField {
    const input = element('input', {
      id,
      class: 'input',
      inputmode: 'decimal',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('change', () => {
      const text = input.value.trim();
      const value = text === '' ? NaN : Number(text);
      const rule = this.ruleOf(name);
      if (rule?.allows(value)) this.set(name, value);
      else this.refuse(`${label} must be ${rule?.says ?? 'a number'}, got “${text}”.`, input);
    });
    const show = (value: unknown): void => {
      const isRefused = input.getAttribute('aria-invalid') === 'true';
      if (document.activeElement !== input && !isRefused) input.value = String(value);
    };
    return { element: input, control: input, show };
  }

  private ruleOf(name: string): SettingRule | undefined {
    const rules = settingRules[this.state?.method ?? 'saliency'] as Readonly<
      Record<string, SettingRule>
    >;
    return rules[name];
  }

  /** One that is as it would be anyway is not kept: what was asked without it is the same question. */
  private set(name: string, value: unknown): void {
    if (!this.state) return;
    this.refuse(undefined);
    const { method, settings } = this.state;
    const defaults = explanationDefaults[method] as Values;
    const all: Values = { ...settings[method], [name]: value };
    const kept = Object.entries(all).filter(([each, is]) => is !== defaults[each]);
    this.keep(kept.length === 0 ? undefined : Object.fromEntries(kept));
  }

  private resetAll(): void {
    this.refuse(undefined);
    for (const { control } of Object.values(this.drawn)) control.removeAttribute('aria-invalid');
    this.keep(undefined);
  }

  private keep(values: Values | undefined): void {
    if (!this.state) return;
    const { method, settings } = this.state;
    const others = Object.entries(settings).filter(([each]) => each !== method);
    this.change(Object.fromEntries(values ? [...others, [method, values]] : others));
  }

  /** Undefined takes it back. */
  private refuse(sentence: string | undefined, control?: HTMLElement): void {
    this.refusal.textContent = sentence ?? '';
    if (sentence === undefined) this.refusal.remove();
    else this.element.append(this.refusal);
    for (const each of Object.values(this.drawn)) {
      each.control.removeAttribute('aria-invalid');
      each.control.removeAttribute('aria-describedby');
    }
    control?.setAttribute('aria-invalid', 'true');
    control?.setAttribute('aria-describedby', this.refusal.id);
  }
}
