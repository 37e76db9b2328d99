// The problems for which the server refused a form: each stands in the list at the top and at its field.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const problemCauses = (prefix) => [...new Set([...document.querySelectorAll(`[data-cause^="${prefix}"]`)].map(({ dataset }) => dataset.cause))];

// Hides a problem that the editor has solved, and shows it again if it comes back.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const markProblem = (cause, { isSolved }) => {
  for (const element of document.querySelectorAll(`[data-cause="${cause}"]`)) {
    if (element.hidden === isSolved) continue;
    element.hidden = isSolved;
    if (element.matches('li')) updateProblemList(element.closest('.problems'));
    else updateFieldProblem(element.closest('.problem'));
  }
};

const updateProblemList = (list) => {
  const count = list.querySelectorAll('li:not([hidden])').length;
  list.hidden = count === 0;
  list.querySelector('h2').textContent = t('scripts.problemsLeft', { count });
};

const updateFieldProblem = (problem) => {
  const field = document.querySelector(`[aria-describedby~="${problem.id}"]`);
  problem.hidden = !problem.querySelector('span:not([hidden])');
  if (problem.hidden) field?.removeAttribute('aria-invalid');
  else field?.setAttribute('aria-invalid', 'true');
};
