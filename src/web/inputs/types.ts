// What every input takes, so that Field can hand it over: `<Field form={form} name="name">{(p) => <TextInput {...p} />}</Field>`.

export interface InputProps<Value> {
  readonly id?: string;
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly onBlur?: () => void;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  /** Only where no visible label stands. */
  readonly label?: string;
}

/** The attributes that all native inputs share. */
export function attributes<Value>(props: InputProps<Value>) {
  return {
    id: props.id,
    disabled: props.disabled,
    placeholder: props.placeholder,
    onBlur: props.onBlur,
    'aria-invalid': props.invalid === true || undefined,
    'aria-describedby': props.describedBy,
    'aria-label': props.label,
  };
}
