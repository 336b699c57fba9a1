import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const HEAD = `// Generated from the OpenAPI document by \`npm run client:generate\`. Do not edit.\n\n`

const widen = (property: ts.PropertySignature): ts.PropertySignature => {
  const { modifiers, name, questionToken, type } = property
  if (!questionToken || !type || type.kind === ts.SyntaxKind.NeverKeyword) return property
  const absent = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword)
  const union = ts.factory.createUnionTypeNode([type, absent])
  return ts.factory.updatePropertySignature(property, modifiers, name, questionToken, union)
}

// A value that is left out and one that is undefined are the same on the wire: callers may write either.
const orUndefined: ts.TransformerFactory<ts.Node> = (context) => {
  const visit = (node: ts.Node): ts.Node => {
    const seen = ts.visitEachChild(node, visit, context)
    return ts.isPropertySignature(seen) ? widen(seen) : seen
  }
  return visit
}

/** The TypeScript types of an OpenAPI 3.1 document, given as JSON, as the source text of a module. */
export const generateTypes = async (document: string): Promise<string> => {
  const nodes = await openapiTS(document, { alphabetize: true })
  return HEAD + astToString(ts.transform(nodes, [orUndefined]).transformed)
}
