// The model that is used where nobody chose one: the name of its folder in public/models.
export const DEFAULT_MODEL = 'all-minilm-l6-v2';
