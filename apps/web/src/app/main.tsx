import './styles/layers.css';
import './styles/mantine-core.css';
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/base.css';
import './styles/mantine.css';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../shared/i18n.ts';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await startI18n();
createRoot(root).render(<App />);
