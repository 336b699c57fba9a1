/** Which database this is. */
export type Identity = {
  /**
   * A random UUID that was made with the database, and stays with it wherever it is moved. An empty one has another, so that
   * nobody takes what an earlier database knew for what this one knows.
   */
  read(): Promise<string>
}
