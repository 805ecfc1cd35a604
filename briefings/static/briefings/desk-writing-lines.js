// Lines of a text field, counted from 1 as the checks count them.

/** The line on which the cursor stands. */
export function lineOf(field) {
  return field.value.slice(0, field.selectionEnd).split("\n").length;
}

/** Put the cursor on a line and select it, so that it is seen at once. */
export function goToLine(field, line) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start);
  field.blur(); // a browser brings the cursor into view as the field gets the focus
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
}
