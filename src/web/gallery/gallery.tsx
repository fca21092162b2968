export const GalleryPage = () => <p>…</p>;
