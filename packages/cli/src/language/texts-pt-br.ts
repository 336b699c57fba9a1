import { STATE_WORDS } from '@mensageria/contracts/words'
import type { Texts } from './texts-en.ts'
import { toPortuguese } from './field-faults.ts'
import { problemTitles } from './problem-titles.ts'
import { headOf } from './word-of.ts'

const DELIVERED = headOf(STATE_WORDS.delivered, 'pt-BR')

/** What the command says in Brazilian Portuguese. */
export const PT_BR: Texts = {
  usage: 'Cadastra centros de distribuição; mostra e opera as suas entregas.',
  epilogue: `Códigos de saída: 0 feito; 1 algo era inválido, foi recusado ou não foi encontrado; 2 o comando, a configuração ou um arquivo está errado;
3 sem resposta ou sem acesso: pode ser repetido; 130 encerrado por Ctrl-C.

Ambiente: MENSAGERIA_URL, MENSAGERIA_CONSOLE_URL, MENSAGERIA_SIGN_IN, MENSAGERIA_TOKEN, LANG, NO_COLOR.`,
  commands: {
    register: 'Cadastrar um centro de um arquivo JSON (- lê a entrada padrão)',
    update: 'Alterar um centro cadastrado: o arquivo JSON traz o centro todo, e o CNPJ diz qual é',
    import:
      'Cadastrar todos os centros de um arquivo CSV ou JSON (- lê a entrada padrão); interrompido, continua ao rodar de novo',
    centers: 'Listar centros de distribuição, do mais novo ao mais antigo',
    deliveries: 'Buscar entregas por sistema, estado e causa',
    story: 'Mostrar o histórico de um centro (id, CNPJ, código ou início do nome)',
    integrations: 'Mostrar a situação de cada sistema',
    redrive: 'Reenviar entregas: primeiro conta, e pergunta',
    redrives: 'Listar reenvios, ou ver, pausar, retomar ou cancelar um',
    pause: 'Pausar todas as chamadas a um sistema',
    resume: 'Retomar um sistema em pausa',
    watch: 'Mostrar a situação de cada sistema, ao vivo; --json escreve cada evento em uma linha',
    audit: 'Mostrar quem mudou o quê, quando e por quê',
    unreadable: 'Listar mensagens que ninguém consegue ler, como chegaram',
    doctor: 'Verificar a configuração, o serviço e aquilo de que ele depende',
    completion: 'Escrever um script que completa os comandos no seu shell',
  },
  options: {
    url: 'Endereço da API [MENSAGERIA_URL]',
    consoleUrl: 'Endereço da API de operação, quando é outro [MENSAGERIA_CONSOLE_URL]',
    signIn:
      'google envia um token de identidade, como o Cloud Run pede [MENSAGERIA_SIGN_IN; ou um token em MENSAGERIA_TOKEN]',
    timeout: 'Segundos para continuar tentando',
    json: 'Escrever JSON',
    lang: 'Idioma',
    q: 'Início do nome, do código ou do CNPJ',
    state: 'Estado da entrega',
    uf: 'UF, por exemplo SP',
    cityCode: 'Código IBGE da cidade',
    limit: 'Máximo de linhas',
    integration: 'Nome do sistema',
    kind: 'Tipo de falha',
    cause: 'Causa da falha, por exemplo http-503',
    since: 'Última tentativa a partir deste momento (RFC 3339)',
    until: 'Última tentativa antes deste momento (RFC 3339)',
    reason: 'Por quê; fica no registro de auditoria',
    states: 'Estados; parked e rejected, se não forem dados',
    center: 'Id de um centro',
    force: 'Também as já entregues',
    rate: 'Máximo de entregas por segundo',
    dryRun: 'Só contar e mostrar algumas',
    yes: 'Não perguntar',
    concurrency: 'Pedidos ao mesmo tempo',
    rejects: 'Arquivo para as linhas recusadas (ao lado da entrada, se não for dado)',
    seen: 'Versão que você viu: nada muda se alguém foi mais rápido',
    restart: 'Começar do zero e esquecer uma importação interrompida deste arquivo',
  },
  errors: {
    unreachable: (origin, code) =>
      `Sem resposta de ${origin} (${code}). O serviço está no ar (npm start)? Outro endereço: --url ou MENSAGERIA_URL. Mais: mensageria doctor`,
    signIn: (reason) =>
      `${reason}. Para entrar: --sign-in google com credenciais do Google Cloud, ou um token em MENSAGERIA_TOKEN`,
    forbidden: (reason) =>
      `${reason}. Falta à sua conta o papel para isto: fale com quem cuida de API_ROLES. Quem você é: mensageria doctor`,
    away: (reason) => `${reason}. Nada se perdeu: tente o mesmo de novo daqui a pouco`,
    unexpectedAnswer: (status) =>
      `A resposta ${status} não é desta API, e sim de algo antes dela: confira o endereço, ou tente de novo mais tarde`,
    redirect: (origin, status, host) =>
      `${origin} responde ${status} e leva a ${host === '' ? 'lugar nenhum' : host}, o que não é seguido: o seu acesso vale só para ${origin}. Informe o endereço certo (--url), ou entre: --sign-in google, ou um token em MENSAGERIA_TOKEN`,
    notEncrypted: (origin) =>
      `${origin} não usa https, e o seu token iria sem proteção pela rede: nada foi enviado. Informe um endereço https; http serve só para esta máquina`,
    urlCredentials: (origin) =>
      `O endereço traz usuário ou senha: informe só ${origin}, e um token em MENSAGERIA_TOKEN`,
    field: toPortuguese,
    existing: (id, version) => `é ${id}, versão ${version}`,
    noFile: (path) => `O arquivo ${path} não existe`,
    isThere: (path) => `${path} já existe, e não será sobrescrito: mova-o`,
    noAccess: (path) => `Não é possível ler ou gravar ${path}: confira as permissões`,
    noUse: (path, code) => `Não é possível usar ${path} como arquivo (${code})`,
    largeRegistration: (file) => `${file} é maior do que um cadastro pode ser; uma lista vai por import`,
    notEmpty: (flag) => `${flag} está vazio: informe um valor, ou omita`,
    notPositive: (option) => `${option} deve ser um número acima de 0`,
    noIntegration: (name, names) => `Nenhum sistema se chama ${name}. Existem: ${names}`,
    urlPath: (url, origin) => `${url} tem um caminho: dê só o endereço, ${origin}`,
    unknownVariable: (name, meant) =>
      `${name} está definida, mas este comando não a lê: defina ${meant} ou remova a variável`,
    emptyVariable: (name) => `${name} está vazia: dê um valor ou remova a variável`,
    badProxy:
      'HTTPS_PROXY ou HTTP_PROXY não é o endereço de um proxy: use a forma http://proxy.example.com:3128',
    badSignIn: 'MENSAGERIA_SIGN_IN precisa ser google ou none',
    noConsole:
      'Neste endereço está só a API de cadastro: informe o do console, --console-url ou MENSAGERIA_CONSOLE_URL',
    notUrl: (url) => `${url} não é um endereço: escreva http://127.0.0.1:8080`,
    notWritten: (code) => `Nem tudo pôde ser gravado na saída (${code}); o comando em si foi executado`,
    diskFull: 'O disco está cheio: libere espaço e rode o mesmo comando de novo',
    notJson: (detail) => `Isto não é JSON: ${detail}`,
    defect: (stack) => `Erro no comando. Por favor, informe o suporte:\n${stack}`,
    usage: (message, command) => `${message}\nAjuda: mensageria ${command}--help`,
    notFound: (asked) => `Nenhum centro corresponde a ${asked}`,
    ambiguous: (asked, count) => `${count} centros correspondem a ${asked}; use o id de um deles:`,
  },
  problems: problemTitles('pt-BR'),
  heads: {
    centers: ['ID', 'NOME', 'CÓDIGO', 'CNPJ', 'CIDADE', 'VERSÃO', 'DESDE'],
    deliveries: [
      'SISTEMA',
      'CENTRO',
      'ESTADO',
      'TENTATIVAS',
      'ÚLTIMA TENTATIVA',
      'CAUSA',
      'PRÓXIMA TENTATIVA',
    ],
    audit: ['QUANDO', 'QUEM', 'O QUÊ', 'ALVO', 'MOTIVO'],
    unreadable: ['RECEBIDA', 'SISTEMA', 'POR QUÊ', 'COMEÇA COM'],
    doctor: ['', 'O QUÊ', 'ACHADO'],
    redrives: ['ID', 'ESTADO', 'O QUÊ', 'FEITO', DELIVERED, 'FALHAS', 'IGNORADAS', 'POR', 'DESDE', 'MOTIVO'],
    integrations: [
      'SISTEMA',
      'SITUAÇÃO',
      'PENDENTES',
      headOf(STATE_WORDS.rejected, 'pt-BR'),
      DELIVERED,
      'MAIS ANTIGA SEM ENTREGA',
      'ÚLTIMA FALHA',
      'DESTINO',
      'OBSERVAÇÃO',
    ],
  },
  pause: {
    pause: (system, health, name) =>
      `${system}: ${health}. Nada será enviado até você rodar: mensageria resume ${name}`,
    notPaused: (name, health) => `${name}: ${health}. Não estava em pausa: nada mudou.`,
    resume: (name, health) => `${name}: ${health}. O que ficou guardado será enviado automaticamente.`,
  },
  redrive: {
    atLeast: (count) => `ao menos ${count}`,
    found: (count) => (count === '1' ? '1 entrega seria reenviada.' : `${count} entregas seriam reenviadas.`),
    confirm: (count) => `Reenviar ${count} ${count === '1' ? 'entrega' : 'entregas'}? [s/N] `,
    sayWhat: 'Diga o que reenviar: --integration, --cause ou --center (nunca tudo de uma vez)',
    sayYes: 'Não há terminal para perguntar: use --yes',
    nothingDone: 'Nada foi enviado.',
    none: 'O filtro não encontra nenhuma entrega.',
    noneOf: (total, states) => `0 de ${total} correspondem: ${states}.`,
    sendWaiting: 'Para enviar as que aguardam: --states waiting',
    sendRetrying: 'As que falharam são tentadas de novo automaticamente. Para enviar já: --states retrying',
    sendOlder: (count) =>
      count === '1'
        ? '1 centro é anterior ao since do sistema e não é dele. Para enviá-lo: --states waiting'
        : `${count} centros são anteriores ao since do sistema e não são dele. Para enviá-los: --states waiting`,
    sendDelivered: 'Para reenviar as já entregues: --states delivered --force',
    created: (id) => `Reenvio iniciado. Acompanhe: mensageria redrives ${id}`,
  },
  redrives: {
    done: (done, total, more) => (more ? `${done} de ao menos ${total}` : `${done} de ${total}`),
  },
  doctor: {
    levels: { ok: 'ok', warn: 'veja', fail: 'ERRADO' },
    ready: 'está no ar e pronto',
    notReady: 'está no ar, mas não pronto: espere um momento, ou veja o log',
    otherProgram: (status) => `responde ${status}, o que não é a Mensageria: confira o endereço e PORT`,
    unreachable: 'sem resposta: inicie (npm start), ou informe o endereço (--url, MENSAGERIA_URL)',
    who: 'acesso',
    signedIn: (id, roles) => `você é ${id}, com ${roles}`,
    nobodySignsIn: 'ninguém precisa entrar aqui: todos podem tudo',
    noRoles: (id) => `você é ${id}, sem papel: fale com quem cuida de API_ROLES`,
    simulated: (name) =>
      `um simulador recebe as entregas: o endereço de ${name} não está configurado, ou SIMULATE o cita`,
    targetThere: 'o broker aceita o nosso acesso, e o destino existe',
    noData: 'ainda não existe: o primeiro início a cria',
    noAccess: 'você não pode ler e gravar: confira o dono, ou defina DATA_DIR',
    data: (size, free) => `pode ser gravada; banco ${size}, ${free} livres`,
    subscription: (name) => `assinatura ${name}`,
    noSubscription: 'falta: terraform apply, ou npm run dev com emuladores',
    noTopic: 'pertence a um tópico que não existe mais: terraform apply',
    noPush: 'não tem endereço de push',
    noDeadLetters: 'não tem tópico de dead letters',
    noRetry: 'não tem política de novas tentativas',
    expires: 'é apagada após 31 dias parada: dê a ela uma política de expiração sem ttl',
    subscriptionRight: 'está certa',
    agentMay: 'o Pub/Sub pode publicar dead letters',
    agentMayNot:
      'o Pub/Sub não pode publicar dead letters: roles/pubsub.publisher para service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com',
    agentMayTake: 'o Pub/Sub pode tirar dela as dead letters',
    agentMayNotTake:
      'o Pub/Sub não pode tirar dela as dead letters: roles/pubsub.subscriber para service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com',
    mayNotLook:
      'você não pode ver: é preciso roles/pubsub.viewer e, para as permissões, roles/iam.securityReviewer',
    answered: (status) => `respondeu ${status}`,
    noProject: 'não está definido, e o Pub/Sub precisa dele',
    noEmulator: 'sem resposta: npm run dev inicia os emuladores',
    noCredentials: 'não há credenciais: gcloud auth application-default login',
  },
  watch: {
    head: (accepted, counts) => `${accepted} ${accepted === '1' ? 'centro' : 'centros'}; entregas: ${counts}`,
    end: 'Ctrl-C encerra.',
    notLive: (reason, seconds) => `Sem atualização ao vivo: ${reason}. Nova tentativa em ${seconds} s.`,
    liveAgain: 'Ao vivo de novo.',
    broken: (url) => `a conexão com ${url} caiu`,
  },
  register: {
    created: (name, id) => `Cadastrado: ${name}, ${id}`,
    same: (name, id) => `Já estava cadastrado com os mesmos dados: ${name}, ${id}`,
    next: (id) => `Acompanhe: mensageria story ${id}`,
    change: (file) => `Para alterar: mensageria update ${file}`,
  },
  update: {
    noTaxId: 'O arquivo não tem taxId (um texto), que diz qual é o centro',
    changed: (name, version) => `Alterado: ${name} está na versão ${version}`,
    same: (name, version) => `Já tem estes dados: ${name}, versão ${version}`,
  },
  list: {
    nothing: 'Nada encontrado.',
    soon: 'a qualquer momento',
    more: (count) =>
      count === 1 ? 'O primeiro; mais com --limit.' : `Os primeiros ${count}; mais com --limit.`,
  },
  integrations: {
    paused: (by, reason) => `em pausa por ${by}: ${reason}`,
    next: (duration) => `próxima tentativa em ${duration}`,
    window: (size) => `${size} por vez`,
    asOf: (at) => `Números de ${at}.`,
    backfillPlanned: (count, at, rate) =>
      `${count} ${count === '1' ? 'centro antigo' : 'centros antigos'} a partir de ${at}, até ${rate} por segundo`,
    backfillRuns: (done, count) => `centros antigos: ${done} de ${count}`,
    backfillPaused: (done, count) => `centros antigos: ${done} de ${count}, em pausa`,
    beforeSince: (count) => `sem ${count} ${count === '1' ? 'centro antigo' : 'centros antigos'}`,
  },
  story: {
    registered: (at, version) => `cadastrado em ${at}, agora na versão ${version}`,
    attempt: (result, ms, trigger) => `${result} após ${ms} (${trigger})`,
    nothingYet: 'nenhuma tentativa ainda',
    next: (at) => `próxima tentativa ${at}`,
    given: (duration) => `última tentativa em ${duration}; depois fica retida até o sistema voltar`,
    parked: 'será enviada automaticamente quando o sistema voltar; nada se perde',
    rejected: 'recusada pelo sistema: corrija os dados (mensageria update) ou reenvie (mensageria redrive)',
  },
  import: {
    bar: (done, rate, left, rejected) =>
      `${done} linhas, ${rate} por segundo, ${left}, ${rejected} recusadas`,
    left: (duration) => `faltam ${duration}`,
    resumed: (rows) => `Continuando depois da linha ${rows} de uma importação interrompida.`,
    summary: (registered, same, rejected) =>
      `${registered} cadastrados, ${same} já existiam, ${rejected} recusados.`,
    rejects: (file) => `As linhas recusadas, cada uma com o motivo: ${file}`,
    doneBefore: (at) =>
      `Este arquivo foi importado em ${at}: nada foi enviado. Para enviar de novo: --restart`,
    interrupted: (rows) =>
      `Interrompido depois de ${rows} linhas; nada se perdeu. Rode o mesmo comando de novo e ele continua.`,
    refused: (file, why) => `${file}: nada foi enviado. ${why}`,
    changed: 'O arquivo não é o da importação interrompida. Comece do zero com --restart',
    runsTwice: (file) => `Outra importação de ${file} está em andamento: espere que ela termine`,
    changedMeanwhile: (file, rows) =>
      `${file} foi alterado durante a importação: parou depois da linha ${rows}. Salve e rode de novo com --restart; o que foi cadastrado fica`,
    otherDatabase:
      'O banco de dados não tem as linhas de uma importação anterior deste arquivo (é outro, ou um backup mais antigo): todas as linhas são enviadas.',
    foreignProgress: (file) =>
      `${file} não é o andamento de uma importação: mova-o, ele não será sobrescrito`,
    rejectsIsInput: (file) => `--rejects ${file} é o arquivo importado, ou o andamento dele: dê outro nome`,
    rejectsExists: (file) =>
      `${file} já existe e não será sobrescrito: mova-o, ou dê outro arquivo com --rejects`,
    rejectsChanged: (file) =>
      `${file} foi alterado depois que a importação o escreveu, e não será sobrescrito: mova-o, ou dê outro arquivo com --rejects`,
    checking: 'O arquivo todo é verificado antes de a primeira linha ser enviada.',
    folder: (path) => `${path} é uma pasta: dê o arquivo`,
  },
}
