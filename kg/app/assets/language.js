// Streamlit's page always says that it is in English; screen readers would read French with English sounds.
export default function ({ data }) {
  document.documentElement.lang = data;
}
