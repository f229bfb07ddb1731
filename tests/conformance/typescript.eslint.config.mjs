// What generated TypeScript must keep to: the recommended rules of ESLint, and the stricter ones of typescript-eslint.
import js from "@eslint/js";
import typescript from "typescript-eslint";

export default [
  { files: ["**/*.ts"] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...typescript.configs.stylistic,
];
